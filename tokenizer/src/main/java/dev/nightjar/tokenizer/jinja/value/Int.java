package dev.nightjar.tokenizer.jinja.value;

import java.math.BigInteger;

/**
 * An integer of up to 4,300 digits, the most that Python prints.
 *
 * @param value exactly
 */
public record Int(BigInteger value) implements Value {
    private static final int MAX_BITS = 14_284;

    /** Checks the size. */
    public Int {
        if (value.bitLength() > MAX_BITS) {
            throw JinjaException.limit("an integer may have at most 4300 digits");
        }
    }

    /** The value for a Java integer. */
    public static Int of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    /** The nearest Java int. */
    public int clamped() {
        return value.bitLength() < Integer.SIZE
                ? value.intValue()
                : value.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    @Override
    public String typeName() {
        return "int";
    }

    @Override
    public boolean isTrue() {
        return value.signum() != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Int number
                ? number.value.equals(value)
                : Numbers.equal(this, other);
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
