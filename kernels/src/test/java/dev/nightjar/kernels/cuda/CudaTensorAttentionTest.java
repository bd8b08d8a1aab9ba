package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.AttentionSetting;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attention on the tensor cores of the emulated device: near the reference, the same however cut.
 */
class CudaTensorAttentionTest {

    private static final int CONTEXT = 77;

    /** Values have magnitude 1; queries, keys, values and weights are rounded to bf16. */
    private static final float TOLERANCE = 1e-2f;

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend cuda;

    @BeforeAll
    static void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.Q8);
    }

    @AfterAll
    static void close() {
        if (cuda != null) {
            cuda.close();
        }
    }

    private static AttentionSpec shape(int heads, int kvHeads, int dim) {
        return new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
    }

    /** Bit 0: window, 1: soft cap, 2: slopes, 3: sinks. */
    private static AttentionSpec with(int rules, AttentionSpec shape, Backend backend) {
        AttentionSpec result = (rules & 1) != 0 ? shape.withWindow(39) : shape;
        result = (rules & 2) != 0 ? result.withSoftCap(1.5f) : result;
        result = (rules & 4) != 0 ? result.withSlopes(perHead(backend, shape, 21)) : result;
        return (rules & 8) != 0 ? result.withSinks(perHead(backend, shape, 22)) : result;
    }

    private static Weight perHead(Backend backend, AttentionSpec shape, long seed) {
        var tensor = Fixtures.tensor(DType.F32, seed, shape.numHeads());
        return backend.prepare(WeightUse.VECTOR, List.of(tensor));
    }

    /** Two sequences, the second in two steps. */
    private static float[] twoSequences(
            Backend backend, AttentionSpec shape, DType dtype, int blockSize) {
        var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT, CONTEXT);
        float[] out = new float[2 * CONTEXT * setting.outCols()];
        try (KvStore store = setting.poisoned(backend)) {
            setting.step(backend, store, new int[2], new int[] {1, 70}, out);
            setting.step(backend, store, new int[] {1, 70}, new int[] {12, CONTEXT}, out);
        }
        return out;
    }

    private static void check(AttentionSpec shape, int rules, DType dtype, int blockSize) {
        float[] expected = twoSequences(REFERENCE, with(rules, shape, REFERENCE), dtype, blockSize);
        float[] actual = twoSequences(cuda, with(rules, shape, cuda), dtype, blockSize);
        String what = shape + " rules " + rules;
        Fixtures.assertClose(expected, actual, TOLERANCE, what);
        assertTrue(!Arrays.equals(expected, actual), what + " was computed exactly");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 15})
    void rules(int rules) {
        check(shape(6, 2, 20).withValueDim(17), rules, DType.F16, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 16, 16, 16, F32",
        "8, 1, 64, 64, 64, F16",
        "9, 3, 40, 7, 32, BF16",
        "2, 1, 132, 129, 64, F16",
        "2, 2, 256, 256, 64, BF16",
        "5, 5, 40, 40, 7, Q8_0"
    })
    void shapes(int heads, int kvHeads, int dim, int valueDim, int blockSize, DType dtype) {
        check(shape(heads, kvHeads, dim).withValueDim(valueDim), 0, dtype, blockSize);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15})
    void resultsDoNotDependOnTheCut(int rules) {
        AttentionSpec shape = with(rules, shape(6, 2, 24), cuda);
        float[] whole = null;
        int[] singly = new int[CONTEXT];
        Arrays.setAll(singly, i -> i + 1);
        for (int[] cut : new int[][] {{CONTEXT}, {5, 38, CONTEXT}, singly}) {
            float[] out = AttentionSetting.of(shape, DType.F16, 16, CONTEXT).run(cuda, cut);
            whole = whole == null ? out : whole;
            Fixtures.assertSameBits(whole, out, cut.length + " steps");
        }
    }

    /** Alone, and as the second of three that begin and end elsewhere. */
    @Test
    void resultsDoNotDependOnNeighbours() {
        AttentionSpec shape = with(1, shape(6, 2, 24), cuda);
        var alone = AttentionSetting.of(shape, DType.F16, 16, CONTEXT);
        float[] expected = alone.run(cuda, CONTEXT);
        var three = AttentionSetting.of(shape, DType.F16, 16, CONTEXT, CONTEXT, CONTEXT);
        for (int first : new int[] {1, 11, 64}) {
            float[] out = new float[3 * expected.length];
            try (KvStore store = three.poisoned(cuda)) {
                three.step(cuda, store, new int[3], new int[] {CONTEXT, first, 3}, out);
                three.step(
                        cuda,
                        store,
                        new int[] {CONTEXT - 1, first, 3},
                        new int[] {CONTEXT, CONTEXT, 8},
                        out);
            }
            Fixtures.assertSameBits(
                    expected, Arrays.copyOf(out, expected.length), "the first sequence");
            checkSecond(
                    three, first, Arrays.copyOfRange(out, expected.length, 2 * expected.length));
        }
    }

    /** Rows of the second sequence of a batch, which has other numbers than the first one. */
    private static void checkSecond(AttentionSetting three, int first, float[] actual) {
        float[] out = new float[3 * actual.length];
        try (KvStore store = three.poisoned(cuda)) {
            three.step(cuda, store, new int[3], new int[] {1, CONTEXT, 1}, out);
        }
        Fixtures.assertSameBits(
                Arrays.copyOfRange(out, actual.length, 2 * actual.length),
                actual,
                "the second sequence, from " + first);
    }

    /**
     * One token after a long prompt has a block for each span, the prompt's rows have one for all.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 700})
    void spansOfALongContextGiveTheBitsOfOneBlock(int window) {
        int context = 2 * CudaAttention.SPAN + 30;
        int rows = 600;
        AttentionSpec shape = with(8, shape(2, 1, 8), cuda).withWindow(window);
        var setting = AttentionSetting.of(shape, DType.F32, 64, context);
        float[] whole = new float[context * setting.outCols()];
        float[] last = new float[whole.length];
        try (KvStore store = setting.poisoned(cuda)) {
            setting.write(cuda, store, new int[1], new int[] {context}, context);
            setting.step(cuda, store, new int[] {context - rows}, new int[] {context}, whole);
            setting.step(cuda, store, new int[] {context - 2}, new int[] {context}, last);
        }
        int from = (context - 2) * setting.outCols();
        Fixtures.assertSameBits(
                Arrays.copyOfRange(whole, from, whole.length),
                Arrays.copyOfRange(last, from, last.length),
                "spans");
        AttentionSpec exact = with(8, shape(2, 1, 8), REFERENCE).withWindow(window);
        var reference = AttentionSetting.of(exact, DType.F32, 64, context);
        float[] expected = new float[whole.length];
        try (KvStore store = reference.poisoned(REFERENCE)) {
            reference.write(REFERENCE, store, new int[1], new int[] {context}, context);
            reference.step(
                    REFERENCE, store, new int[] {context - 2}, new int[] {context}, expected);
        }
        Fixtures.assertClose(expected, last, TOLERANCE, "long context");
    }

    /** A value that is no number makes those rows NaN that see it, and changes no others. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0"})
    void onlyRowsThatSeeALostValueAreLost(DType dtype) {
        AttentionSpec shape = shape(2, 1, 40).withWindow(39);
        int lost = 20;
        float[] expected = withValue(shape, dtype, lost, 0.5f);
        float[] actual = withValue(shape, dtype, lost, Float.NaN);
        int cols = 2 * 40;
        for (int i = lost * cols; i < (lost + 39) * cols; i++) {
            assertTrue(Float.isNaN(actual[i]), "row " + i / cols);
            actual[i] = expected[i];
        }
        Fixtures.assertSameBits(expected, actual, "rows that do not see it");
    }

    /** All rows of a sequence of which one position has values of that size. */
    private static float[] withValue(AttentionSpec shape, DType dtype, int position, float value) {
        var setting = AttentionSetting.of(shape, dtype, 16, CONTEXT);
        float[] values = Fixtures.uniform(setting.valueCols(), 31);
        values[7] = value;
        Matrix q =
                Fixtures.matrix(
                        cuda, setting.qCols(), Fixtures.uniform(CONTEXT * setting.qCols(), 32));
        Matrix k =
                Fixtures.matrix(cuda, setting.keyCols(), Fixtures.uniform(setting.keyCols(), 33));
        Matrix v = Fixtures.matrix(cuda, setting.valueCols(), values);
        Matrix out = Fixtures.zeros(cuda, CONTEXT, setting.outCols());
        try (KvStore store = setting.poisoned(cuda)) {
            setting.write(cuda, store, new int[1], new int[] {CONTEXT}, CONTEXT);
            var slot = Fixtures.index(cuda, setting.slot(0, position));
            cuda.writeKv(store, AttentionSetting.LAYER, k, v, slot, 1);
            var metadata = setting.metadata(cuda, new int[] {0, CONTEXT}, new int[] {CONTEXT});
            cuda.attention(q, store, AttentionSetting.LAYER, shape, metadata, CONTEXT, out);
        }
        return Fixtures.rows(out, 0, CONTEXT);
    }
}
