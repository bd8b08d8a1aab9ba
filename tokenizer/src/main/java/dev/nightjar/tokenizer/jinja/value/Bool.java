package dev.nightjar.tokenizer.jinja.value;

/**
 * True or false; counts as 1 or 0.
 *
 * @param value which of both
 */
public record Bool(boolean value) implements Value {
    /** True. */
    public static final Bool TRUE = new Bool(true);

    /** False. */
    public static final Bool FALSE = new Bool(false);

    /** The value for a Java boolean. */
    public static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public String typeName() {
        return "bool";
    }

    @Override
    public boolean isTrue() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bool bool ? bool.value == value : Numbers.equal(this, other);
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
