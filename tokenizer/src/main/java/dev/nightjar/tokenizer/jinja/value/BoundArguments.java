package dev.nightjar.tokenizer.jinja.value;

import java.util.Map;
import java.util.Optional;

/**
 * Arguments by the names of a function's parameters.
 *
 * @param function its name, for messages
 * @param values those that were given
 */
public record BoundArguments(String function, Map<String, Value> values) {

    /** The argument, if given. */
    public Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The argument, if given and not {@code none}. */
    public Optional<Value> some(String name) {
        return get(name).filter(value -> value != Nothing.NONE);
    }

    /** The argument. */
    public Value required(String name) {
        return get(name)
                .orElseThrow(
                        () ->
                                JinjaException.type(
                                        "%s needs the argument '%s'".formatted(function, name)));
    }

    /** Whether the argument is given and true. */
    public boolean flag(String name) {
        return get(name).map(Value::isTrue).orElse(false);
    }

    /** The argument as an integer. */
    public int integer(String name, int absent) {
        return get(name).map(value -> integer(name, value)).orElse(absent);
    }

    private int integer(String name, Value value) {
        return switch (value) {
            case Int number -> number.clamped();
            case Bool bool -> bool.value() ? 1 : 0;
            default -> throw wrong(name, "an integer", value);
        };
    }

    /** The argument as a text. */
    public String text(String name, String absent) {
        return get(name).map(value -> text(name, value)).orElse(absent);
    }

    private String text(String name, Value value) {
        if (value instanceof Str str) {
            return str.value();
        }
        throw wrong(name, "a string", value);
    }

    private JinjaException wrong(String name, String expected, Value value) {
        return value instanceof Undefined undefined
                ? undefined.failure()
                : JinjaException.type(
                        "%s: the argument '%s' must be %s, found '%s'"
                                .formatted(function, name, expected, value.typeName()));
    }
}
