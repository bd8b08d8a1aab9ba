package dev.nightjar.tokenizer.jinja.value;

import java.util.Optional;

/**
 * A value that the interpreter makes: functions, macros, methods, {@code loop}, namespaces. Equal
 * to itself only.
 */
public non-sealed interface Dynamic extends Value {

    /** A member, if there is one of this name. */
    default Optional<Value> member(String name) {
        return Optional.empty();
    }

    /** Whether it can be called. */
    default boolean isCallable() {
        return false;
    }

    /**
     * Calls it.
     *
     * @throws JinjaException if it is not callable, or not with these arguments
     */
    default Value call(Arguments arguments) {
        throw JinjaException.type("'%s' object is not callable".formatted(typeName()));
    }

    /** What is printed for it. */
    String description();
}
