package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the attention tests run: heads, cache and the shuffled blocks of each sequence. Queries,
 * keys and values of a token are random numbers that depend on sequence and position alone.
 */
public record AttentionSetting(AttentionSpec shape, KvSpec spec, int[][] tables) {

    /** The layer in use; another one lies before it. */
    public static final int LAYER = 1;

    public static AttentionSetting of(
            AttentionSpec shape, DType dtype, int blockSize, int... contexts) {
        List<Integer> free = new ArrayList<>();
        int[][] tables = new int[contexts.length][];
        int total = 0;
        for (int s = 0; s < contexts.length; s++) {
            tables[s] = new int[Math.ceilDiv(contexts[s], blockSize)];
            total += tables[s].length;
        }
        for (int b = 0; b < total + 5; b++) {
            free.add(b);
        }
        Collections.shuffle(free, new Random(11));
        for (int[] table : tables) {
            for (int i = 0; i < table.length; i++) {
                table[i] = free.removeLast();
            }
        }
        var other = new KvLayerSpec(1, 8, DType.F32);
        var layer = new KvLayerSpec(shape.numKvHeads(), shape.headDim(), shape.valueDim(), dtype);
        return new AttentionSetting(
                shape, new KvSpec(List.of(other, layer), blockSize, total + 5), tables);
    }

    public int keyCols() {
        return shape.numKvHeads() * shape.headDim();
    }

    public int valueCols() {
        return shape.numKvHeads() * shape.valueDim();
    }

    public int qCols() {
        return shape.numHeads() * shape.headDim();
    }

    public int outCols() {
        return shape.numHeads() * shape.valueDim();
    }

    public int slot(int s, int position) {
        return tables[s][position / spec.blockSize()] * spec.blockSize()
                + position % spec.blockSize();
    }

    /** A store full of NaN, as blocks come back uncleared from earlier sequences. */
    public KvStore poisoned(Backend backend) {
        KvStore store = backend.allocateKv(spec);
        int numSlots = spec.numBlocks() * spec.blockSize();
        float[] nan = new float[numSlots * Math.max(keyCols(), valueCols())];
        Arrays.fill(nan, Float.NaN);
        Matrix k = Matrix.of(buffer(backend, nan), keyCols());
        Matrix v = Matrix.of(buffer(backend, nan), valueCols());
        int[] slots = IntStream.range(0, numSlots).toArray();
        backend.writeKv(store, LAYER, k, v, Fixtures.index(backend, slots), numSlots);
        return store;
    }

    private static DeviceBuffer buffer(Backend backend, float[] values) {
        var buffer = backend.allocate(values.length);
        buffer.write(0, values, 0, values.length);
        return buffer;
    }

    /** The results of all positions of one sequence, computed up to each end of {@code cut}. */
    public float[] run(Backend backend, int... cut) {
        float[] out = new float[cut[cut.length - 1] * outCols()];
        try (KvStore store = poisoned(backend)) {
            int done = 0;
            for (int end : cut) {
                step(backend, store, new int[] {done}, new int[] {end}, out);
                done = end;
            }
        }
        return out;
    }

    /**
     * Runs positions {@code [from[s], to[s])} of all sequences as one step; the rows of q, k, v and
     * result lie at {@code s * maxContext + position}.
     */
    public void step(Backend backend, KvStore store, int[] from, int[] to, float[] out) {
        int maxContext = out.length / outCols() / from.length;
        write(backend, store, from, to, maxContext);
        int[] queryStart = queryStart(from, to);
        int[] rows = rows(from, to, maxContext);
        int T = rows.length;
        Matrix q = picked(backend, 3, rows, qCols());
        Matrix result = Fixtures.zeros(backend, T, outCols());
        AttentionMetadata metadata = metadata(backend, queryStart, to);
        backend.attention(q, store, LAYER, shape, metadata, T, result);
        float[] dense = Fixtures.rows(result, 0, T);
        for (int t = 0; t < T; t++) {
            System.arraycopy(dense, t * outCols(), out, rows[t] * outCols(), outCols());
        }
    }

    /** The keys and values of such a step. */
    public void write(Backend backend, KvStore store, int[] from, int[] to, int maxContext) {
        int[] rows = rows(from, to, maxContext);
        int[] slots = new int[rows.length];
        for (int t = 0; t < slots.length; t++) {
            slots[t] = slot(rows[t] / maxContext, rows[t] % maxContext);
        }
        Matrix k = picked(backend, 1, rows, keyCols());
        Matrix v = picked(backend, 2, rows, valueCols());
        backend.writeKv(store, LAYER, k, v, Fixtures.index(backend, slots), slots.length);
    }

    private static int[] queryStart(int[] from, int[] to) {
        int[] queryStart = new int[from.length + 1];
        for (int s = 0; s < from.length; s++) {
            queryStart[s + 1] = queryStart[s] + to[s] - from[s];
        }
        return queryStart;
    }

    private static int[] rows(int[] from, int[] to, int maxContext) {
        return IntStream.range(0, from.length)
                .flatMap(s -> IntStream.range(from[s], to[s]).map(p -> s * maxContext + p))
                .toArray();
    }

    private static Matrix picked(Backend backend, int seed, int[] rows, int cols) {
        float[] values = new float[rows.length * cols];
        for (int t = 0; t < rows.length; t++) {
            float[] row = Fixtures.uniform(cols, seed * 1_000_003L + rows[t]);
            for (int c = 0; c < cols; c++) {
                values[t * cols + c] = seed == 3 ? 4 * row[c] : row[c];
            }
        }
        return Fixtures.matrix(backend, cols, values);
    }

    /** Which rows belong to which sequence, and its blocks. */
    public AttentionMetadata metadata(Backend backend, int[] queryStart, int[] contexts) {
        int maxBlocks = 0;
        for (int[] table : tables) {
            maxBlocks = Math.max(maxBlocks, table.length);
        }
        int[] flat = new int[tables.length * maxBlocks];
        for (int s = 0; s < tables.length; s++) {
            System.arraycopy(tables[s], 0, flat, s * maxBlocks, tables[s].length);
        }
        var metadata =
                new AttentionMetadata(
                        Fixtures.index(backend, queryStart),
                        Fixtures.index(backend, contexts),
                        Fixtures.index(backend, flat),
                        maxBlocks);
        metadata.commit(contexts.length);
        return metadata;
    }
}
