package dev.nightjar.kernels.backend;

import java.util.Objects;
import java.util.Optional;

/**
 * The constant part of an attention op. The score of query row at position {@code p} with key
 * {@code j}, {@code j <= p}, of query head {@code h} is
 *
 * <pre>{@code
 * s = softCap == 0 ? dot * scale : softCap * tanh(dot * scale / softCap)
 * s += slopes[h] * (j - p)                          (ALiBi, if there are slopes)
 * s  = -infinity where window > 0 and p - j >= window
 * }</pre>
 *
 * and a sink is one more score {@code sinks[h]} in the softmax whose value is zero.
 *
 * @param numHeads H, query heads, a multiple of {@code numKvHeads}
 * @param numKvHeads K
 * @param headDim D, elements of a query and of a key
 * @param valueDim elements of a value and of a head's output, usually D
 * @param scale factor on the scores, usually {@code 1 / sqrt(D)}
 * @param window tokens a query sees, itself included; 0 means all
 * @param softCap bound of the scores; 0 means none
 * @param slopes ALiBi slopes {@code [H]}
 * @param sinks attention sinks {@code [H]}
 */
public record AttentionSpec(
        int numHeads,
        int numKvHeads,
        int headDim,
        int valueDim,
        float scale,
        int window,
        float softCap,
        Optional<Weight> slopes,
        Optional<Weight> sinks) {

    /** Checks that query heads divide into groups. */
    public AttentionSpec {
        Objects.requireNonNull(slopes, "slopes");
        Objects.requireNonNull(sinks, "sinks");
        if (numKvHeads <= 0 || numHeads % numKvHeads != 0 || headDim <= 0 || valueDim <= 0) {
            throw new IllegalArgumentException(
                    "query heads must be a multiple of KV heads, found %d heads, %d KV heads"
                            .formatted(numHeads, numKvHeads));
        }
        if (window < 0 || !(softCap >= 0)) {
            throw new IllegalArgumentException(
                    "a window or soft cap is 0 (none) or above, found window %d, soft cap %s"
                            .formatted(window, softCap));
        }
    }

    /** Plain attention: values as wide as keys, everything before a token is seen. */
    public AttentionSpec(int numHeads, int numKvHeads, int headDim, float scale) {
        this(
                numHeads,
                numKvHeads,
                headDim,
                headDim,
                scale,
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** This attention with values of another width than keys. */
    public AttentionSpec withValueDim(int newValueDim) {
        return new AttentionSpec(
                numHeads, numKvHeads, headDim, newValueDim, scale, window, softCap, slopes, sinks);
    }

    /** This attention over the last {@code newWindow} tokens; 0 means all. */
    public AttentionSpec withWindow(int newWindow) {
        return new AttentionSpec(
                numHeads, numKvHeads, headDim, valueDim, scale, newWindow, softCap, slopes, sinks);
    }

    /** This attention with bounded scores; 0 means unbounded. */
    public AttentionSpec withSoftCap(float newSoftCap) {
        return new AttentionSpec(
                numHeads, numKvHeads, headDim, valueDim, scale, window, newSoftCap, slopes, sinks);
    }

    /** This attention with linear biases. */
    public AttentionSpec withSlopes(Weight newSlopes) {
        return new AttentionSpec(
                numHeads,
                numKvHeads,
                headDim,
                valueDim,
                scale,
                window,
                softCap,
                Optional.of(newSlopes),
                sinks);
    }

    /** This attention with sinks. */
    public AttentionSpec withSinks(Weight newSinks) {
        return new AttentionSpec(
                numHeads,
                numKvHeads,
                headDim,
                valueDim,
                scale,
                window,
                softCap,
                slopes,
                Optional.of(newSinks));
    }

    /** Query heads that share one KV head. */
    public int groupSize() {
        return numHeads / numKvHeads;
    }

    /** The first position that a query at {@code position} sees. */
    public int firstVisible(int position) {
        return window == 0 ? 0 : Math.max(0, position - window + 1);
    }
}
