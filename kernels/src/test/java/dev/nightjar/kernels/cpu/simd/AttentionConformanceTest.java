package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Paged attention against the reference, and against itself under other cuts of the prompt. */
class AttentionConformanceTest {

    private static Backend one;
    private static Backend three;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidthOfProcessor();
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

    @ParameterizedTest
    @CsvSource({
        "2, 2, 16, 16, F32",
        "4, 1, 64, 64, F16",
        "9, 3, 64, 32, BF16",
        "8, 2, 20, 5, F32",
        "3, 1, 7, 4, F16",
        "6, 2, 128, 48, BF16",
        "8, 2, 64, 64, Q8_0",
        "5, 5, 40, 7, Q8_0",
        "28, 2, 72, 32, Q8_0"
    })
    void agreesWithTheReference(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        var shape = new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
        int[] contexts = {1, 35, 5, 66};
        AttentionSetting setting = AttentionSetting.of(shape, dtype, blockSize, contexts);
        int[] zero = new int[4];
        int[] middle = {0, 34, 0, 40};
        float[] expected = new float[4 * 66 * setting.qCols()];
        float[] actual = expected.clone();
        for (Backend backend : List.of(new ScalarBackend(), three)) {
            float[] out = backend == three ? actual : expected;
            try (KvStore store = setting.poisoned(backend)) {
                setting.step(backend, store, zero, middle, out);
                setting.step(backend, store, middle, contexts, out);
            }
        }
        Fixtures.assertClose(
                expected, actual, NumericPolicy.attention(dim, 66), setting.shape().toString());
    }

    @ParameterizedTest
    @CsvSource({"9, 3, 64, 16, F16", "4, 1, 20, 5, F32", "2, 2, 64, 64, BF16", "8, 1, 40, 9, Q8_0"})
    void resultsDoNotDependOnTheCut(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        var shape = new AttentionSpec(heads, kvHeads, dim, 0.3f);
        int[][] cuts = {{37}, {5, 37}, {16, 32, 37}, new int[37]};
        for (int i = 0; i < 37; i++) {
            cuts[3][i] = i + 1;
        }
        float[] whole = null;
        for (int[] cut : cuts) {
            for (Backend backend : List.of(one, three)) {
                var setting = AttentionSetting.of(shape, dtype, blockSize, 37);
                float[] out = setting.run(backend, cut);
                whole = whole == null ? out : whole;
                Fixtures.assertSameBits(whole, out, cut.length + " steps");
            }
        }
    }

    /** Neighbours in the batch and other blocks of the pool change nothing. */
    @Test
    void aSequenceIsAloneInItsBatch() {
        var shape = new AttentionSpec(4, 2, 32, 0.2f);
        AttentionSetting alone = AttentionSetting.of(shape, DType.F16, 16, 40);
        AttentionSetting together = AttentionSetting.of(shape, DType.F16, 16, 40, 23, 7);
        float[] expected = new float[40 * alone.qCols()];
        float[] actual = new float[3 * 40 * alone.qCols()];
        try (KvStore store = one.allocateKv(alone.spec())) {
            alone.step(one, store, new int[1], new int[] {40}, expected);
        }
        try (KvStore store = three.allocateKv(together.spec())) {
            together.step(three, store, new int[3], new int[] {40, 23, 7}, actual);
        }
        Fixtures.assertSameBits(expected, Arrays.copyOf(actual, expected.length), "alone or not");
    }

    /** One head of one element, one sequence; q is 1, scores and values are given. */
    private static float[] attend(Backend backend, float[] scores, float[] values) {
        return attend(backend, DType.F32, scores, values);
    }

    private static float[] attend(Backend backend, DType dtype, float[] scores, float[] values) {
        int T = scores.length;
        AttentionSetting setting = AttentionSetting.of(new AttentionSpec(1, 1, 1, 1), dtype, 8, T);
        int[] slots = IntStream.range(0, T).map(p -> setting.slot(0, p)).toArray();
        float[] ones = new float[T];
        Arrays.fill(ones, 1);
        Matrix out = Fixtures.zeros(backend, T, 1);
        try (KvStore store = backend.allocateKv(setting.spec())) {
            Matrix k = Fixtures.matrix(backend, 1, scores);
            Matrix v = Fixtures.matrix(backend, 1, values);
            backend.writeKv(store, AttentionSetting.LAYER, k, v, Fixtures.index(backend, slots), T);
            var metadata = setting.metadata(backend, new int[] {0, T}, new int[] {T});
            Matrix q = Fixtures.matrix(backend, 1, ones);
            backend.attention(q, store, AttentionSetting.LAYER, setting.shape(), metadata, T, out);
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

    /**
     * What a later token holds, even NaN, never reaches an earlier row, but itself and later ones.
     */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0"})
    void theFutureStaysInvisible(DType dtype) {
        float[] values = Fixtures.uniform(40, 1);
        float[] scores = Fixtures.uniform(40, 2);
        float[] clean = attend(three, dtype, scores, values);
        for (int broken : new int[] {1, 7, 8, 21, 39}) {
            float[] badValues = values.clone();
            float[] badScores = scores.clone();
            badValues[broken] = Float.NaN;
            badScores[broken] = Float.NaN;
            float[] out = attend(three, dtype, badScores, badValues);
            for (int p = broken; p < out.length; p++) {
                assertTrue(Float.isNaN(out[p]), "NaN at " + broken + " is lost at " + p);
            }
            Fixtures.assertSameBits(
                    Arrays.copyOf(clean, broken), Arrays.copyOf(out, broken), "before " + broken);
        }
    }
}
