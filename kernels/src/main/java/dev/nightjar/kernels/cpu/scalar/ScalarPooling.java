package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.cpu.CpuMatrices;

/** One row from those of each sequence, a column at a time, in double precision. */
final class ScalarPooling {

    private ScalarPooling() {}

    static void run(
            RowPooling how,
            Matrix x,
            int[] starts,
            int[] skipped,
            int numSequences,
            int T,
            Matrix out) {
        float[] in = CpuMatrices.data(x, T);
        float[] result = CpuMatrices.data(out, numSequences);
        for (int s = 0; s < numSequences; s++) {
            int end = starts[s + 1] - starts[s];
            int from = Math.min(end, skipped[s]);
            int to = CpuMatrices.rowStart(out, s);
            for (int c = 0; c < x.cols(); c++) {
                result[to + c] = (float) pooled(how, in, x, starts[s], from, end, c);
            }
        }
    }

    private static double pooled(
            RowPooling how, float[] in, Matrix x, int start, int from, int end, int column) {
        double sum = 0;
        double max = from == end ? 0 : Double.NEGATIVE_INFINITY;
        for (int t = from; t < end; t++) {
            double value = in[CpuMatrices.rowStart(x, start + t) + column];
            sum += how.weight(t) * value;
            max = Math.max(max, value);
        }
        return how == RowPooling.MAX ? max : sum / how.divisor(from, end);
    }
}
