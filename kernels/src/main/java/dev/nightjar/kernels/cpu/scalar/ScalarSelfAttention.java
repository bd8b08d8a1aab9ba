package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;

/** Softmax attention of one head of one row at a time over its sequence, in double precision. */
final class ScalarSelfAttention {

    private double[] weights = new double[0];

    private Matrix k;
    private Matrix v;
    private float[] keys;
    private float[] values;
    private SelfAttentionSpec spec;

    void run(
            Matrix q,
            Matrix newK,
            Matrix newV,
            SelfAttentionSpec newSpec,
            int[] starts,
            int numSequences,
            int T,
            Matrix out) {
        k = newK;
        v = newV;
        spec = newSpec;
        keys = CpuMatrices.data(k, T);
        values = CpuMatrices.data(v, T);
        float[] queries = CpuMatrices.data(q, T);
        float[] result = CpuMatrices.data(out, T);
        for (int s = 0; s < numSequences; s++) {
            int length = starts[s + 1] - starts[s];
            weights = weights.length < length ? new double[length] : weights;
            for (int i = 0; i < length; i++) {
                int query = CpuMatrices.rowStart(q, starts[s] + i);
                int to = CpuMatrices.rowStart(out, starts[s] + i);
                for (int head = 0; head < spec.numHeads(); head++) {
                    int column = head * spec.headDim();
                    weigh(queries, query + column, head, starts[s], i, length);
                    mix(result, to + column, column, starts[s], i, length);
                }
            }
        }
    }

    private void weigh(float[] queries, int query, int head, int start, int i, int length) {
        int column = head * spec.headDim();
        int from = spec.firstVisible(i);
        int to = spec.endVisible(i, length);
        double max = Double.NEGATIVE_INFINITY;
        for (int j = from; j < to; j++) {
            int key = CpuMatrices.rowStart(k, start + j) + column;
            double dot = 0;
            for (int d = 0; d < spec.headDim(); d++) {
                dot += (double) queries[query + d] * keys[key + d];
            }
            weights[j] = dot * spec.scale() + bias(head, i, j);
            max = Math.max(max, weights[j]);
        }
        double total = 0;
        for (int j = from; j < to; j++) {
            weights[j] = Math.exp(weights[j] - max);
            total += weights[j];
        }
        for (int j = from; j < to; j++) {
            weights[j] /= total;
        }
    }

    private double bias(int head, int i, int j) {
        if (spec.bias().isEmpty()) {
            return 0;
        }
        RelativeBias bias = spec.bias().get();
        float[] table = CpuMatrices.data(bias.table(), spec.numHeads());
        return table[CpuMatrices.rowStart(bias.table(), head) + bias.column(i, j)];
    }

    private void mix(float[] result, int at, int column, int start, int i, int length) {
        for (int d = 0; d < spec.headDim(); d++) {
            double sum = 0;
            for (int j = spec.firstVisible(i); j < spec.endVisible(i, length); j++) {
                sum += weights[j] * values[CpuMatrices.rowStart(v, start + j) + column + d];
            }
            result[at + d] = (float) sum;
        }
    }
}
