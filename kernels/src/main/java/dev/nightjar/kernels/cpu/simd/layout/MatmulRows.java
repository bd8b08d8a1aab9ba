package dev.nightjar.kernels.cpu.simd.layout;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;

/**
 * The activations of a matmul and where their products go, by array index: rows may come in any
 * order, so those of one expert need not be moved together. Index arrays grow on demand.
 */
public final class MatmulRows {

    /** Where the rows of the input lie. */
    public float[] x;

    /** Where the rows of the product go. */
    public float[] out;

    /** Where row i of the activations begins. */
    public int[] xStart = new int[0];

    /** Where the products of row i begin. */
    public int[] outStart = new int[0];

    /** Elements of a row of activations. */
    public int cols;

    /** The largest multiple of the lanes in it. */
    public int whole;

    /** Takes the arrays of two views; {@code n} rows follow by {@link #set}. */
    public void reset(Matrix newX, int xRows, Matrix newOut, int n) {
        x = CpuMatrices.data(newX, xRows);
        out = CpuMatrices.data(newOut, n);
        cols = newX.cols();
        whole = VectorShapes.FLOATS.loopBound(cols);
        if (xStart.length < n) {
            xStart = new int[n];
            outStart = new int[n];
        }
    }

    /**
     * Takes the products of {@code n} rows of another one, for activations made of theirs, {@code
     * [n, cols]}.
     */
    public void reset(MatmulRows from, float[] newX, int n) {
        x = newX;
        out = from.out;
        cols = from.cols;
        whole = from.whole;
        if (xStart.length < n) {
            xStart = new int[n];
            outStart = new int[n];
        }
        for (int i = 0; i < n; i++) {
            set(i, i * cols, from.outStart[i]);
        }
    }

    /** Row {@code i}. */
    public void set(int i, int newXStart, int newOutStart) {
        xStart[i] = newXStart;
        outStart[i] = newOutStart;
    }

    /**
     * How far apart the products of {@code n} rows from {@code first} on begin; 0 if it differs.
     */
    public int outStep(int first, int n) {
        int step = n == 1 ? cols : outStart[first + 1] - outStart[first];
        for (int i = 2; i < n; i++) {
            if (outStart[first + i] - outStart[first + i - 1] != step) {
                return 0;
            }
        }
        return step;
    }
}
