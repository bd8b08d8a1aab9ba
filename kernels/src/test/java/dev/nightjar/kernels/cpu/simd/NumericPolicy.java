package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;

/**
 * How far a kernel may be from the reference, which accumulates in double: the one place where
 * tolerances are written. Inputs of the conformance tests are uniform on [-1, 1).
 */
public final class NumericPolicy {

    private static final float FLOAT_ULP = 0x1p-23f;

    private NumericPolicy() {}

    /**
     * Absolute error of a dot product. Rounding errors add up like a random walk: the result grows
     * with the root of the length, and so does the error relative to it.
     */
    public static float dot(DType weights, int length) {
        return unit(weights) * length;
    }

    /** Every format is dequantized exactly, so only the float sums err, a few ulps per term. */
    private static float unit(DType weights) {
        if (BlockFormats.of(weights).isEmpty()) {
            throw new IllegalArgumentException("no kernel for " + weights);
        }
        return 2 * FLOAT_ULP;
    }

    /** Absolute error of attention over values of magnitude 1: two dots and an exponential. */
    public static float attention(int headDim, int numTokens) {
        return FLOAT_ULP * (8 + (float) Math.sqrt(headDim) + (float) Math.sqrt(numTokens));
    }

    /** Relative error of element-wise ops with a division or an exponential. */
    public static float elementwise() {
        return 8 * FLOAT_ULP;
    }

    /** Absolute error of the log of a sum of exponentials. */
    public static float logprob() {
        return 1e-5f;
    }
}
