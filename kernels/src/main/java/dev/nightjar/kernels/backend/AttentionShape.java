package dev.nightjar.kernels.backend;

/**
 * The constant part of an attention op.
 *
 * @param numHeads H, query heads, a multiple of {@code numKvHeads}
 * @param numKvHeads K
 * @param headDim D
 * @param scale factor on the scores, usually {@code 1 / sqrt(D)}
 */
public record AttentionShape(int numHeads, int numKvHeads, int headDim, float scale) {

    /** Checks that query heads divide into groups. */
    public AttentionShape {
        if (numKvHeads <= 0 || numHeads % numKvHeads != 0 || headDim <= 0) {
            throw new IllegalArgumentException(
                    "query heads must be a multiple of KV heads, found %d heads, %d KV heads"
                            .formatted(numHeads, numKvHeads));
        }
    }

    /** Query heads that share one KV head. */
    public int groupSize() {
        return numHeads / numKvHeads;
    }
}
