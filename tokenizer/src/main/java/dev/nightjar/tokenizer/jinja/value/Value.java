package dev.nightjar.tokenizer.jinja.value;

/**
 * A value of a template. {@code equals} is Python's {@code ==}: {@code 1}, {@code 1.0} and {@code
 * true} are equal.
 */
public sealed interface Value
        permits Undefined, Nothing, Bool, Int, Real, Str, Seq, Dict, Range, Lazy, Dynamic {

    /** The name of its type in Python. */
    String typeName();

    /** Whether it counts as true in a condition. */
    default boolean isTrue() {
        return true;
    }

    /**
     * The work of walking through it once, 1 for a plain value. Containers are bounded by {@link
     * Weights}, so that no walk takes long however often a value is shared inside.
     */
    default long weight() {
        return 1;
    }

    /** How many containers are nested in it. */
    default int depth() {
        return 0;
    }
}
