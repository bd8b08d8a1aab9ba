package dev.nightjar.tokenizer.jinja.value;

/**
 * What a name or member stands for that does not exist. It can be tested, compared and iterated;
 * printing it depends on the mode; anything else fails.
 *
 * @param reason the message of the failure
 * @param kind the kind of the failure
 * @param mode whether it can be printed
 */
public record Undefined(String reason, JinjaException.Kind kind, Mode mode) implements Value {

    /** What printing does. */
    public enum Mode {
        /** Nothing is printed, as for templates of checkpoints. */
        PRINTS_NOTHING,
        /** The rendering fails, as for templates that a client wrote. */
        FAILS
    }

    /** The failure of using it. */
    public JinjaException failure() {
        return JinjaException.of(kind, reason);
    }

    @Override
    public String typeName() {
        return "Undefined";
    }

    @Override
    public boolean isTrue() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return Undefined.class.hashCode();
    }
}
