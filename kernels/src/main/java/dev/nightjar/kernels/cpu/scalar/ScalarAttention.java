package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionShape;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;

/** Softmax attention of one query head of one token at a time, in double precision. */
final class ScalarAttention {

    private double[] weights = new double[0];
    private double[] sums = new double[0];

    void run(
            Matrix q,
            CpuKvStore store,
            int layer,
            AttentionShape shape,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        float[] queries = CpuMatrices.data(q, T);
        float[] result = CpuMatrices.data(out, T);
        for (int s = 0; s < metadata.numSequences(); s++) {
            int end = metadata.queryStart().host()[s + 1];
            for (int r = metadata.queryStart().host()[s]; r < end; r++) {
                int numTokens = metadata.contextLength().host()[s] - (end - r) + 1;
                ensureScratch(numTokens, shape.headDim());
                for (int head = 0; head < shape.numHeads(); head++) {
                    var context = new Context(store, layer, shape, metadata, s, head);
                    int inHead = head * shape.headDim();
                    scores(context, queries, CpuMatrices.rowStart(q, r) + inHead, numTokens);
                    softmax(numTokens);
                    mix(context, numTokens, result, CpuMatrices.rowStart(out, r) + inHead);
                }
            }
        }
    }

    /** Where the keys and values of one sequence and query head are found. */
    private record Context(
            CpuKvStore store,
            int layer,
            AttentionShape shape,
            AttentionMetadata metadata,
            int sequence,
            int head) {

        int block(int position) {
            int index = sequence * metadata.maxBlocks() + position / store.spec().blockSize();
            return metadata.blockTables().host()[index];
        }

        float key(int position, int d) {
            int token = position % store.spec().blockSize();
            return store.key(block(position), layer, head / shape.groupSize(), token, d);
        }

        float value(int position, int d) {
            int token = position % store.spec().blockSize();
            return store.value(block(position), layer, head / shape.groupSize(), token, d);
        }
    }

    private void ensureScratch(int numTokens, int headDim) {
        if (weights.length < numTokens) {
            weights = new double[numTokens];
        }
        if (sums.length < headDim) {
            sums = new double[headDim];
        }
    }

    private void scores(Context context, float[] queries, int qStart, int numTokens) {
        for (int p = 0; p < numTokens; p++) {
            double dot = 0;
            for (int d = 0; d < context.shape().headDim(); d++) {
                dot += (double) queries[qStart + d] * context.key(p, d);
            }
            weights[p] = dot * context.shape().scale();
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

    private void mix(Context context, int numTokens, float[] result, int outStart) {
        for (int d = 0; d < context.shape().headDim(); d++) {
            sums[d] = 0;
        }
        for (int p = 0; p < numTokens; p++) {
            for (int d = 0; d < context.shape().headDim(); d++) {
                sums[d] += weights[p] * context.value(p, d);
            }
        }
        for (int d = 0; d < context.shape().headDim(); d++) {
            result[outStart + d] = (float) sums[d];
        }
    }
}
