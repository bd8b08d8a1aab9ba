package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.CpuWeights;
import java.util.Arrays;
import java.util.Optional;

/** Softmax attention of one query head of one token at a time, in double precision. */
final class ScalarAttention {

    private double[] weights = new double[0];
    private double[] sums = new double[0];

    private CpuKvStore store;
    private int layer;
    private AttentionSpec spec;
    private int[] blockTables;

    void run(
            Matrix q,
            CpuKvStore newStore,
            int newLayer,
            AttentionSpec newSpec,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        store = newStore;
        layer = newLayer;
        spec = newSpec;
        blockTables = metadata.blockTables().host();
        float[] queries = CpuMatrices.data(q, T);
        float[] result = CpuMatrices.data(out, T);
        for (int s = 0; s < metadata.numSequences(); s++) {
            int tableStart = s * metadata.maxBlocks();
            int end = metadata.queryStart().host()[s + 1];
            for (int r = metadata.queryStart().host()[s]; r < end; r++) {
                int position = metadata.contextLength().host()[s] - (end - r);
                ensureScratch(position + 1);
                for (int head = 0; head < spec.numHeads(); head++) {
                    int query = CpuMatrices.rowStart(q, r) + head * spec.headDim();
                    scores(head, tableStart, position, queries, query);
                    softmax(head, position);
                    int to = CpuMatrices.rowStart(out, r) + head * spec.valueDim();
                    mix(head / spec.groupSize(), tableStart, position, result, to);
                }
            }
        }
    }

    private void ensureScratch(int numTokens) {
        if (weights.length < numTokens) {
            weights = new double[numTokens];
        }
        if (sums.length < spec.valueDim()) {
            sums = new double[spec.valueDim()];
        }
    }

    private int block(int tableStart, int position) {
        return blockTables[tableStart + position / store.spec().blockSize()];
    }

    private void scores(int head, int tableStart, int position, float[] queries, int query) {
        int kvHead = head / spec.groupSize();
        double slope = perHead(spec.slopes(), head, 0);
        for (int p = spec.firstVisible(position); p <= position; p++) {
            int block = block(tableStart, p);
            int token = p % store.spec().blockSize();
            double dot = 0;
            for (int d = 0; d < spec.headDim(); d++) {
                dot += (double) queries[query + d] * store.key(block, layer, kvHead, token, d);
            }
            weights[p] = capped(dot * spec.scale()) + slope * (p - position);
        }
    }

    private double capped(double score) {
        double cap = spec.softCap();
        return cap == 0 ? score : cap * Math.tanh(score / cap);
    }

    private double perHead(Optional<Weight> values, int head, double absent) {
        return values.isEmpty() ? absent : CpuWeights.asVector(values.get(), spec.numHeads())[head];
    }

    private void softmax(int head, int position) {
        int first = spec.firstVisible(position);
        double sink = perHead(spec.sinks(), head, Double.NEGATIVE_INFINITY);
        double max = sink;
        for (int p = first; p <= position; p++) {
            max = Math.max(max, weights[p]);
        }
        double total = Math.exp(sink - max);
        for (int p = first; p <= position; p++) {
            weights[p] = Math.exp(weights[p] - max);
            total += weights[p];
        }
        for (int p = first; p <= position; p++) {
            weights[p] /= total;
        }
    }

    private void mix(int kvHead, int tableStart, int position, float[] result, int to) {
        Arrays.fill(sums, 0, spec.valueDim(), 0);
        for (int p = spec.firstVisible(position); p <= position; p++) {
            int block = block(tableStart, p);
            int token = p % store.spec().blockSize();
            for (int d = 0; d < spec.valueDim(); d++) {
                sums[d] += weights[p] * store.value(block, layer, kvHead, token, d);
            }
        }
        for (int d = 0; d < spec.valueDim(); d++) {
            result[to + d] = (float) sums[d];
        }
    }
}
