package dev.nightjar.tokenizer.jinja.value;

/**
 * A function or a method bound to its value.
 *
 * @param name as the template writes it
 * @param body what it does
 */
public record Function(String name, Body body) implements Dynamic {

    /** What a function does. */
    @FunctionalInterface
    public interface Body {
        /** The result for these arguments. */
        Value call(Arguments arguments);
    }

    @Override
    public String typeName() {
        return "function";
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Arguments arguments) {
        return body.call(arguments);
    }

    @Override
    public String description() {
        return "<function %s>".formatted(name);
    }
}
