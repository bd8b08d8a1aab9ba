package dev.nightjar.kernels.backend;

import java.util.Objects;
import java.util.Optional;

/**
 * The constant part of attention in both directions over whole sequences: row {@code i} of a
 * sequence sees row {@code j} of it with the score {@code dot * scale + bias}, where {@code |i - j|
 * <= window} unless the window is 0.
 *
 * @param numHeads H
 * @param headDim D, elements of a head's query, key and value
 * @param scale factor on the dot products, usually {@code 1 / sqrt(D)}
 * @param window rows that are seen on either side; 0 means all
 * @param bias by the distance of the rows; zero if there is none
 */
public record SelfAttentionSpec(
        int numHeads, int headDim, float scale, int window, Optional<RelativeBias> bias) {

    /** Checks the sizes. */
    public SelfAttentionSpec {
        Objects.requireNonNull(bias, "bias");
        if (numHeads <= 0 || headDim <= 0 || window < 0) {
            throw new IllegalArgumentException(
                    "expected heads and their size above 0 and a window of 0 (none) or above, found"
                            + " %d heads of %d, window %d".formatted(numHeads, headDim, window));
        }
        bias.ifPresent(present -> requireHeads(present, numHeads));
    }

    private static void requireHeads(RelativeBias bias, int numHeads) {
        if (bias.table().maxRows() < numHeads) {
            throw new IllegalArgumentException(
                    "a bias has a row for each of %d heads, found %d"
                            .formatted(numHeads, bias.table().maxRows()));
        }
    }

    /** Attention without a bias. */
    public SelfAttentionSpec(int numHeads, int headDim, float scale, int window) {
        this(numHeads, headDim, scale, window, Optional.empty());
    }

    /** Attention of all rows of a sequence to all of them. */
    public SelfAttentionSpec(int numHeads, int headDim, float scale) {
        this(numHeads, headDim, scale, 0);
    }

    /** This attention with another window; 0 means all. */
    public SelfAttentionSpec withWindow(int newWindow) {
        return new SelfAttentionSpec(numHeads, headDim, scale, newWindow, bias);
    }

    /** This attention with a bias. */
    public SelfAttentionSpec withBias(RelativeBias newBias) {
        return new SelfAttentionSpec(numHeads, headDim, scale, window, Optional.of(newBias));
    }

    /** Elements of a row of queries, keys, values and results. */
    public int cols() {
        return numHeads * headDim;
    }

    /** The first row that row {@code i} sees. */
    public int firstVisible(int i) {
        return window == 0 ? 0 : Math.max(0, i - window);
    }

    /** Behind the last row that row {@code i} of a sequence of {@code length} sees. */
    public int endVisible(int i, int length) {
        return window == 0 ? length : (int) Math.min(length, (long) i + window + 1);
    }
}
