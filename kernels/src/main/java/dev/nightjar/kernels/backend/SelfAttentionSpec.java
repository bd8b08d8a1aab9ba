package dev.nightjar.kernels.backend;

/**
 * The constant part of attention in both directions over whole sequences: row {@code i} of a
 * sequence sees row {@code j} of it with the score {@code dot * scale}, where {@code |i - j| <=
 * window} unless the window is 0.
 *
 * @param numHeads H
 * @param headDim D, elements of a head's query, key and value
 * @param scale factor on the scores, usually {@code 1 / sqrt(D)}
 * @param window rows that are seen on either side; 0 means all
 */
public record SelfAttentionSpec(int numHeads, int headDim, float scale, int window) {

    /** Checks the sizes. */
    public SelfAttentionSpec {
        if (numHeads <= 0 || headDim <= 0 || window < 0) {
            throw new IllegalArgumentException(
                    "expected heads and their size above 0 and a window of 0 (none) or above, found"
                            + " %d heads of %d, window %d".formatted(numHeads, headDim, window));
        }
    }

    /** Attention of all rows of a sequence to all of them. */
    public SelfAttentionSpec(int numHeads, int headDim, float scale) {
        this(numHeads, headDim, scale, 0);
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
