package dev.nightjar.tokenizer.jinja.value;

import java.util.Objects;

/**
 * A text.
 *
 * @param value its characters
 * @param isMarkup whether it is HTML already: what is joined to it gets escaped, as with {@code
 *     safe} and {@code escape}
 */
public record Str(String value, boolean isMarkup) implements Value {
    private static final int CHARS_PER_WEIGHT = 64;

    /** No characters. */
    public static final Str EMPTY = of("");

    /** Checks that there is a text. */
    public Str {
        Objects.requireNonNull(value, "value");
    }

    /** Plain text. */
    public static Str of(String value) {
        return new Str(value, false);
    }

    @Override
    public String typeName() {
        return isMarkup ? "Markup" : "str";
    }

    @Override
    public boolean isTrue() {
        return !value.isEmpty();
    }

    @Override
    public long weight() {
        return 1 + value.length() / CHARS_PER_WEIGHT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Str str && str.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
