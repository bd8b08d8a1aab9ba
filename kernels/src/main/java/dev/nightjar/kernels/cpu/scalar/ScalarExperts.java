package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.ExpertsWeight;

/** The mixture-of-experts ops, one row at a time. */
final class ScalarExperts {

    private final ScalarMatmul matmul;

    ScalarExperts(ScalarMatmul matmul) {
        this.matmul = matmul;
    }

    void multiply(ExpertsWeight weight, int[] experts, int fanOut, Matrix x, int n, Matrix out) {
        float[] in = CpuMatrices.data(x, CpuMatrices.rowsBefore(fanOut, n));
        float[] result = CpuMatrices.data(out, n);
        for (int i = 0; i < n; i++) {
            int expert = CpuMatrices.requireIndex("expert", experts[i], weight.experts().size());
            matmul.row(
                    weight.experts().get(expert),
                    in,
                    CpuMatrices.rowStart(x, i / fanOut),
                    result,
                    CpuMatrices.rowStart(out, i));
        }
    }

    static void combine(Matrix x, Matrix weights, int T, Matrix out) {
        int k = weights.cols();
        float[] in = CpuMatrices.data(x, T * k);
        float[] w = CpuMatrices.data(weights, T);
        float[] result = CpuMatrices.data(out, T);
        for (int t = 0; t < T; t++) {
            int to = CpuMatrices.rowStart(out, t);
            for (int c = 0; c < out.cols(); c++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    double weight = w[CpuMatrices.rowStart(weights, t) + j];
                    sum += weight * in[CpuMatrices.rowStart(x, t * k + j) + c];
                }
                result[to + c] = (float) sum;
            }
        }
    }
}
