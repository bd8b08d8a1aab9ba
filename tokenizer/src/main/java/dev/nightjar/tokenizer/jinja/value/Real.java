package dev.nightjar.tokenizer.jinja.value;

/**
 * A floating-point number: Python's {@code float}.
 *
 * @param value of 64 bits
 */
public record Real(double value) implements Value {
    @Override
    public String typeName() {
        return "float";
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Real number ? number.value == value : Numbers.equal(this, other);
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
