package dev.nightjar.engine.encoder;

import java.util.Arrays;

/**
 * The vector of one text. Immutable by agreement: the array is not copied.
 *
 * @param vector its elements
 * @param numTokens tokens of the text, special ones included
 */
public record Embedding(float[] vector, int numTokens) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that
                && numTokens == that.numTokens
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[%d dimensions, %d tokens]".formatted(vector.length, numTokens);
    }
}
