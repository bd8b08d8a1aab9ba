package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;

/**
 * The activations of a matmul and where their products go, by array index: rows may come in any
 * order, so those of one expert need not be moved together. Index arrays grow on demand.
 */
final class MatmulRows {

    float[] x;
    float[] out;

    /** Where row i of the activations begins. */
    int[] xStart = new int[0];

    /** Where the products of row i begin. */
    int[] outStart = new int[0];

    /** Elements of a row of activations. */
    int cols;

    /** The largest multiple of the lanes in it. */
    int whole;

    /** Takes the arrays of two views; {@code n} rows follow by {@link #set}. */
    void reset(Matrix newX, int xRows, Matrix newOut, int n) {
        x = CpuMatrices.data(newX, xRows);
        out = CpuMatrices.data(newOut, n);
        cols = newX.cols();
        whole = VectorShapes.FLOATS.loopBound(cols);
        if (xStart.length < n) {
            xStart = new int[n];
            outStart = new int[n];
        }
    }

    /** Row {@code i}. */
    void set(int i, int newXStart, int newOutStart) {
        xStart[i] = newXStart;
        outStart[i] = newOutStart;
    }
}
