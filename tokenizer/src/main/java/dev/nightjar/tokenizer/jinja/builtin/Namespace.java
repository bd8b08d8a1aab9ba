package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Variables that can be set from inside of loops. */
public final class Namespace implements Dynamic {
    private final Map<String, Value> members = new LinkedHashMap<>();

    Namespace(Map<Value, Value> members) {
        members.forEach(
                (name, value) -> {
                    if (name instanceof Str text) {
                        set(text.value(), value);
                    }
                });
    }

    /** Gives a member a value. */
    public void set(String name, Value value) {
        members.put(name, value);
    }

    @Override
    public Optional<Value> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    @Override
    public String typeName() {
        return "Namespace";
    }

    @Override
    public String description() {
        return "<Namespace>";
    }
}
