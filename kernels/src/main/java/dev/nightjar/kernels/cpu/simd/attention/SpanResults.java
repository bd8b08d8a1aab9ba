package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;

/** Per row what attention over one span of tokens gave: weights relative to the largest score. */
public final class SpanResults {

    /** Largest score, in powers of two. */
    float[] max = new float[0];

    /** Sum of weights. */
    float[] sum = new float[0];

    /** Weighted sums of values {@code [rows, padded value dim]}. */
    float[] values = new float[0];

    /** Makes room; what was there is lost. */
    void reserve(int rows, int valueStride) {
        int padded = rows + VectorShapes.LANES;
        if (max.length < padded) {
            max = new float[grown(max.length, padded)];
            sum = new float[max.length];
        }
        if (values.length < rows * valueStride) {
            values = new float[grown(values.length, rows * valueStride)];
        }
    }

    private static int grown(int length, int needed) {
        return Math.max(needed, length + length / 2);
    }
}
