package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Orders of the rows of projections that hold queries, keys and values together. */
final class FusedHeads {

    private FusedHeads() {}

    /**
     * From groups of query heads, each with its key and value head behind it, to all queries, all
     * keys, all values.
     *
     * <pre>{@code
     * here:   q0 q1 k0 v0 | q2 q3 k1 v1        [K, H / K + 2, D] rows
     * result: q0 q1 q2 q3 | k0 k1 | v0 v1
     * }</pre>
     */
    static UnaryOperator<LazyTensor> byKind(ModelConfig config) {
        int K = config.numKvHeads();
        int D = config.headDim();
        int queries = config.numHeads() / K;
        int group = queries + 2;
        return tensor -> {
            int rows = Math.multiplyExact(Math.multiplyExact(K, group), D);
            if (tensor.shape().rank() == 0 || tensor.shape().dim(0) != rows) {
                throw new IllegalArgumentException(
                        "expected %d rows, found %s".formatted(rows, tensor.shape()));
            }
            int[] order =
                    IntStream.concat(
                                    heads(K, group, 0, queries, D),
                                    IntStream.concat(
                                            heads(K, group, queries, 1, D),
                                            heads(K, group, queries + 1, 1, D)))
                            .toArray();
            return tensor.gathered(order);
        };
    }

    /** Rows of {@code count} heads from {@code first} on of each group. */
    private static IntStream heads(int groups, int group, int first, int count, int D) {
        return IntStream.range(0, groups)
                .flatMap(
                        g -> {
                            int from = (g * group + first) * D;
                            return IntStream.range(from, from + count * D);
                        });
    }
}
