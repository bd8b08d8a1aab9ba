package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paged attention against the reference, and against itself under other cuts of the prompt. */
class AttentionConformanceTest {

    private static final int LAYER = 1;

    private static Backend one;
    private static Backend three;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidth();
        one = new VectorBackend(1);
        three = new VectorBackend(3);
    }

    @AfterAll
    static void close() {
        if (one != null) {
            one.close();
            three.close();
        }
    }

    /** A setting: heads, cache and the shuffled blocks of each sequence. */
    private record Setting(AttentionSpec shape, KvSpec spec, int[][] tables) {

        static Setting of(AttentionSpec shape, DType dtype, int blockSize, int... contexts) {
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
            var layer = new KvLayerSpec(shape.numKvHeads(), shape.headDim(), dtype);
            return new Setting(
                    shape, new KvSpec(List.of(other, layer), blockSize, total + 5), tables);
        }

        int kvCols() {
            return shape.numKvHeads() * shape.headDim();
        }

        int qCols() {
            return shape.numHeads() * shape.headDim();
        }

        int slot(int s, int position) {
            return tables[s][position / spec.blockSize()] * spec.blockSize()
                    + position % spec.blockSize();
        }
    }

    /** Fills the whole store with NaN, as blocks come back uncleared from earlier sequences. */
    private static void poison(Backend backend, KvStore store, Setting setting) {
        int numSlots = setting.spec.numBlocks() * setting.spec.blockSize();
        float[] nan = new float[numSlots * setting.kvCols()];
        Arrays.fill(nan, Float.NaN);
        Matrix rows = Fixtures.matrix(backend, setting.kvCols(), nan);
        int[] slots = IntStream.range(0, numSlots).toArray();
        backend.writeKv(store, LAYER, rows, rows, Fixtures.index(backend, slots), numSlots);
    }

    /**
     * Runs positions {@code [from[s], to[s])} of all sequences as one step; the rows of q, k, v and
     * result lie at {@code s * maxContext + position}.
     */
    private static void step(
            Backend backend, KvStore store, Setting setting, int[] from, int[] to, float[] out) {
        int S = from.length;
        int maxContext = out.length / setting.qCols() / S;
        int[] queryStart = new int[S + 1];
        for (int s = 0; s < S; s++) {
            queryStart[s + 1] = queryStart[s] + to[s] - from[s];
        }
        int T = queryStart[S];
        int[] slots = new int[T];
        int[] rows = new int[T];
        for (int s = 0; s < S; s++) {
            for (int p = from[s]; p < to[s]; p++) {
                int t = queryStart[s] + p - from[s];
                slots[t] = setting.slot(s, p);
                rows[t] = s * maxContext + p;
            }
        }
        Matrix k = picked(backend, 1, rows, setting.kvCols());
        Matrix v = picked(backend, 2, rows, setting.kvCols());
        Matrix q = picked(backend, 3, rows, setting.qCols());
        backend.writeKv(store, LAYER, k, v, Fixtures.index(backend, slots), T);
        Matrix result = Fixtures.zeros(backend, T, setting.qCols());
        AttentionMetadata metadata = metadata(backend, setting, queryStart, to);
        backend.attention(q, store, LAYER, setting.shape, metadata, T, result);
        float[] dense = Fixtures.rows(result, 0, T);
        for (int t = 0; t < T; t++) {
            int cols = setting.qCols();
            System.arraycopy(dense, t * cols, out, rows[t] * cols, cols);
        }
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

    private static AttentionMetadata metadata(
            Backend backend, Setting setting, int[] queryStart, int[] contexts) {
        int maxBlocks = 0;
        for (int[] table : setting.tables) {
            maxBlocks = Math.max(maxBlocks, table.length);
        }
        int[] tables = new int[setting.tables.length * maxBlocks];
        for (int s = 0; s < setting.tables.length; s++) {
            System.arraycopy(setting.tables[s], 0, tables, s * maxBlocks, setting.tables[s].length);
        }
        var metadata =
                new AttentionMetadata(
                        Fixtures.index(backend, queryStart),
                        Fixtures.index(backend, contexts),
                        Fixtures.index(backend, tables),
                        maxBlocks);
        metadata.commit(contexts.length);
        return metadata;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 16, 16, F32",
        "4, 1, 64, 64, F16",
        "9, 3, 64, 32, BF16",
        "8, 2, 20, 5, F32",
        "3, 1, 7, 4, F16",
        "6, 2, 128, 48, BF16"
    })
    void agreesWithTheReference(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        var shape = new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
        int[] contexts = {1, 35, 5, 66};
        Setting setting = Setting.of(shape, dtype, blockSize, contexts);
        int[] zero = new int[4];
        int[] middle = {0, 34, 0, 40};
        float[] expected = new float[4 * 66 * setting.qCols()];
        float[] actual = expected.clone();
        for (Backend backend : List.of(new ScalarBackend(), three)) {
            float[] out = backend == three ? actual : expected;
            try (KvStore store = backend.allocateKv(setting.spec)) {
                poison(backend, store, setting);
                step(backend, store, setting, zero, middle, out);
                step(backend, store, setting, middle, contexts, out);
            }
        }
        Fixtures.assertClose(
                expected, actual, NumericPolicy.attention(dim, 66), setting.shape.toString());
    }

    @ParameterizedTest
    @CsvSource({"9, 3, 64, 16, F16", "4, 1, 20, 5, F32", "2, 2, 64, 64, BF16"})
    void resultsDoNotDependOnTheCut(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        var shape = new AttentionSpec(heads, kvHeads, dim, 0.3f);
        int[][] cuts = {{37}, {5, 37}, {16, 32, 37}, new int[37]};
        for (int i = 0; i < 37; i++) {
            cuts[3][i] = i + 1;
        }
        float[] whole = null;
        for (int[] cut : cuts) {
            for (Backend backend : List.of(one, three)) {
                float[] out = run(backend, Setting.of(shape, dtype, blockSize, 37), cut);
                whole = whole == null ? out : whole;
                Fixtures.assertSameBits(whole, out, cut.length + " steps");
            }
        }
    }

    private static float[] run(Backend backend, Setting setting, int[] cut) {
        float[] out = new float[37 * setting.qCols()];
        try (KvStore store = backend.allocateKv(setting.spec)) {
            poison(backend, store, setting);
            int done = 0;
            for (int end : cut) {
                step(backend, store, setting, new int[] {done}, new int[] {end}, out);
                done = end;
            }
        }
        return out;
    }

    /** Neighbours in the batch and other blocks of the pool change nothing. */
    @Test
    void aSequenceIsAloneInItsBatch() {
        var shape = new AttentionSpec(4, 2, 32, 0.2f);
        Setting alone = Setting.of(shape, DType.F16, 16, 40);
        Setting together = Setting.of(shape, DType.F16, 16, 40, 23, 7);
        float[] expected = new float[40 * alone.qCols()];
        float[] actual = new float[3 * 40 * alone.qCols()];
        try (KvStore store = one.allocateKv(alone.spec)) {
            step(one, store, alone, new int[1], new int[] {40}, expected);
        }
        try (KvStore store = three.allocateKv(together.spec)) {
            step(three, store, together, new int[3], new int[] {40, 23, 7}, actual);
        }
        Fixtures.assertSameBits(expected, Arrays.copyOf(actual, expected.length), "alone or not");
    }

    /** One head of one element, one sequence; q is 1, scores and values are given. */
    private static float[] attend(Backend backend, float[] scores, float[] values) {
        int T = scores.length;
        Setting setting = Setting.of(new AttentionSpec(1, 1, 1, 1), DType.F32, 8, T);
        int[] slots = IntStream.range(0, T).map(p -> setting.slot(0, p)).toArray();
        float[] ones = new float[T];
        Arrays.fill(ones, 1);
        Matrix out = Fixtures.zeros(backend, T, 1);
        try (KvStore store = backend.allocateKv(setting.spec)) {
            Matrix k = Fixtures.matrix(backend, 1, scores);
            Matrix v = Fixtures.matrix(backend, 1, values);
            backend.writeKv(store, LAYER, k, v, Fixtures.index(backend, slots), T);
            var metadata = metadata(backend, setting, new int[] {0, T}, new int[] {T});
            Matrix q = Fixtures.matrix(backend, 1, ones);
            backend.attention(q, store, LAYER, setting.shape, metadata, T, out);
        }
        return Fixtures.rows(out, 0, T);
    }

    /** Weights of e^1000 and e^-1000 relative to each other, in either order. */
    @Test
    void farScoresNeitherOverflowNorVanish() {
        float[] values = Fixtures.uniform(40, 1);
        float[] falling = new float[40];
        float[] rising = new float[40];
        for (int p = 0; p < 40; p++) {
            falling[p] = 1000 - 50 * p;
            rising[p] = -falling[p];
        }
        float[] first = new float[40];
        Arrays.fill(first, values[0]);
        Fixtures.assertSameBits(first, attend(three, falling, values), "falling");
        Fixtures.assertSameBits(values, attend(three, rising, values), "rising");
    }

    /** What a later token holds, even NaN, never reaches an earlier row. */
    @Test
    void theFutureStaysInvisible() {
        float[] values = Fixtures.uniform(40, 1);
        float[] scores = Fixtures.uniform(40, 2);
        float[] clean = attend(three, scores, values);
        for (int broken : new int[] {1, 7, 8, 21, 39}) {
            float[] badValues = values.clone();
            float[] badScores = scores.clone();
            badValues[broken] = Float.NaN;
            badScores[broken] = Float.NaN;
            float[] out = attend(three, badScores, badValues);
            Fixtures.assertSameBits(
                    Arrays.copyOf(clean, broken), Arrays.copyOf(out, broken), "before " + broken);
        }
    }
}
