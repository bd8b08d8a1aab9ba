package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Function;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.List;
import java.util.Optional;

/** Gives its values one after the other, again and again. */
final class Cycler implements Dynamic {
    private final List<Value> values;
    private int position;

    Cycler(List<Value> values) {
        if (values.isEmpty()) {
            throw JinjaException.type("cycler needs at least one value");
        }
        this.values = values;
    }

    Value current() {
        return values.get(position);
    }

    Value next() {
        Value value = current();
        position = (position + 1) % values.size();
        return value;
    }

    private Value reset() {
        position = 0;
        return Nothing.NONE;
    }

    @Override
    public Optional<Value> member(String name) {
        return switch (name) {
            case "current" -> Optional.of(current());
            case "next" -> Optional.of(new Function(name, arguments -> next()));
            case "reset" -> Optional.of(new Function(name, arguments -> reset()));
            default -> Optional.empty();
        };
    }

    @Override
    public String typeName() {
        return "Cycler";
    }

    @Override
    public String description() {
        return "<Cycler>";
    }
}
