package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Variables of a block, in front of those around it. Assignments stay inside. */
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, Value> variables = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    /** The scope of a template, in front of the global functions. */
    static Scope root(Map<String, Value> globals) {
        Scope scope = new Scope(Optional.empty());
        scope.variables.putAll(globals);
        return scope.inner();
    }

    /** A scope inside of this one. */
    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }

    Optional<Value> get(String name) {
        for (Scope scope = this; ; scope = scope.outer.get()) {
            Value value = scope.variables.get(name);
            if (value != null || scope.outer.isEmpty()) {
                return Optional.ofNullable(value);
            }
        }
    }
}
