package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.MatrixWeight;

/** Rows of weights as floats, and products with them. */
final class ScalarMatmul {

    private float[] row = new float[0];

    /** Products accumulate in double, in order of k, and are rounded once. */
    void run(MatrixWeight weight, Matrix x, int T, Matrix out) {
        float[] in = CpuMatrices.data(x, T);
        float[] result = CpuMatrices.data(out, T);
        int cols = weight.cols();
        ensureRow(cols);
        for (MatrixWeight.Part part : weight.parts()) {
            for (int r = 0; r < part.rows(); r++) {
                dequantizeRow(part, r, row, 0, cols);
                for (int t = 0; t < T; t++) {
                    result[CpuMatrices.rowStart(out, t) + part.firstRow() + r] =
                            dot(in, CpuMatrices.rowStart(x, t), cols);
                }
            }
        }
    }

    /** One row of the product; the same numbers as {@link #run} gives. */
    void row(MatrixWeight weight, float[] in, int from, float[] result, int to) {
        int cols = weight.cols();
        ensureRow(cols);
        for (MatrixWeight.Part part : weight.parts()) {
            for (int r = 0; r < part.rows(); r++) {
                dequantizeRow(part, r, row, 0, cols);
                result[to + part.firstRow() + r] = dot(in, from, cols);
            }
        }
    }

    private float dot(float[] x, int start, int cols) {
        double sum = 0;
        for (int k = 0; k < cols; k++) {
            sum += (double) row[k] * x[start + k];
        }
        return (float) sum;
    }

    private void ensureRow(int cols) {
        if (row.length < cols) {
            row = new float[cols];
        }
    }

    static void dequantizeRow(
            MatrixWeight.Part part, int r, float[] target, int targetStart, int cols) {
        long offset = r * part.tensor().rowBytes();
        part.format().dequantize(part.tensor().data(), offset, target, targetStart, cols);
    }
}
