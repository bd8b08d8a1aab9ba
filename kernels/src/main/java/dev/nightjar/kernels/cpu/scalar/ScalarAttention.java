package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionShape;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import java.util.Arrays;

/** Softmax attention of one query head of one token at a time, in double precision. */
final class ScalarAttention {

    private double[] weights = new double[0];
    private double[] sums = new double[0];

    private CpuKvStore store;
    private int layer;
    private AttentionShape shape;
    private int[] blockTables;

    void run(
            Matrix q,
            CpuKvStore newStore,
            int newLayer,
            AttentionShape newShape,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        store = newStore;
        layer = newLayer;
        shape = newShape;
        blockTables = metadata.blockTables().host();
        float[] queries = CpuMatrices.data(q, T);
        float[] result = CpuMatrices.data(out, T);
        for (int s = 0; s < metadata.numSequences(); s++) {
            int tableStart = s * metadata.maxBlocks();
            int end = metadata.queryStart().host()[s + 1];
            for (int r = metadata.queryStart().host()[s]; r < end; r++) {
                int numTokens = metadata.contextLength().host()[s] - (end - r) + 1;
                ensureScratch(numTokens);
                for (int head = 0; head < shape.numHeads(); head++) {
                    int kvHead = head / shape.groupSize();
                    int inHead = head * shape.headDim();
                    int query = CpuMatrices.rowStart(q, r) + inHead;
                    scores(kvHead, tableStart, numTokens, queries, query);
                    softmax(numTokens);
                    int to = CpuMatrices.rowStart(out, r) + inHead;
                    mix(kvHead, tableStart, numTokens, result, to);
                }
            }
        }
    }

    private void ensureScratch(int numTokens) {
        if (weights.length < numTokens) {
            weights = new double[numTokens];
        }
        if (sums.length < shape.headDim()) {
            sums = new double[shape.headDim()];
        }
    }

    private int block(int tableStart, int position) {
        return blockTables[tableStart + position / store.spec().blockSize()];
    }

    private void scores(int kvHead, int tableStart, int numTokens, float[] queries, int query) {
        for (int p = 0; p < numTokens; p++) {
            int block = block(tableStart, p);
            int token = p % store.spec().blockSize();
            double dot = 0;
            for (int d = 0; d < shape.headDim(); d++) {
                dot += (double) queries[query + d] * store.key(block, layer, kvHead, token, d);
            }
            weights[p] = dot * shape.scale();
        }
    }

    private void softmax(int numTokens) {
        double max = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < numTokens; p++) {
            max = Math.max(max, weights[p]);
        }
        double total = 0;
        for (int p = 0; p < numTokens; p++) {
            weights[p] = Math.exp(weights[p] - max);
            total += weights[p];
        }
        for (int p = 0; p < numTokens; p++) {
            weights[p] /= total;
        }
    }

    private void mix(int kvHead, int tableStart, int numTokens, float[] result, int to) {
        Arrays.fill(sums, 0, shape.headDim(), 0);
        for (int p = 0; p < numTokens; p++) {
            int block = block(tableStart, p);
            int token = p % store.spec().blockSize();
            for (int d = 0; d < shape.headDim(); d++) {
                sums[d] += weights[p] * store.value(block, layer, kvHead, token, d);
            }
        }
        for (int d = 0; d < shape.headDim(); d++) {
            result[to + d] = (float) sums[d];
        }
    }
}
