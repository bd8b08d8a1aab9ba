package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.AttentionSetting;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.cpu.simd.NumericPolicy;
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

/** Attention on the emulated device against the reference, under every rule and cut. */
class CudaAttentionTest {

    private static final int CONTEXT = 37;
    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend cuda;

    @BeforeAll
    static void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.EXACT);
    }

    @AfterAll
    static void close() {
        if (cuda != null) {
            cuda.close();
        }
    }

    /** Bit 0: window, 1: soft cap, 2: slopes, 3: sinks. */
    private static AttentionSpec with(int rules, AttentionSpec shape, Backend backend) {
        AttentionSpec result = (rules & 1) != 0 ? shape.withWindow(7) : shape;
        result = (rules & 2) != 0 ? result.withSoftCap(1.5f) : result;
        result = (rules & 4) != 0 ? result.withSlopes(perHead(backend, shape, 21)) : result;
        return (rules & 8) != 0 ? result.withSinks(perHead(backend, shape, 22)) : result;
    }

    private static Weight perHead(Backend backend, AttentionSpec shape, long seed) {
        var tensor = Fixtures.tensor(DType.F32, seed, shape.numHeads());
        return backend.prepare(WeightUse.VECTOR, List.of(tensor));
    }

    private static AttentionSpec shape(int heads, int kvHeads, int dim) {
        return new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
    }

    /** Two sequences, the second in two steps. */
    private static float[] twoSequences(
            Backend backend, AttentionSpec shape, DType dtype, int blockSize) {
        var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT, CONTEXT);
        float[] out = new float[2 * CONTEXT * setting.outCols()];
        try (KvStore store = setting.poisoned(backend)) {
            setting.step(backend, store, new int[2], new int[] {1, 33}, out);
            setting.step(backend, store, new int[] {1, 33}, new int[] {12, CONTEXT}, out);
        }
        return out;
    }

    @Test
    void allCombinationsOfRules() {
        for (int rules = 0; rules < 16; rules++) {
            AttentionSpec shape = shape(6, 2, 20).withValueDim(17);
            Fixtures.assertClose(
                    twoSequences(REFERENCE, with(rules, shape, REFERENCE), DType.F16, 5),
                    twoSequences(cuda, with(rules, shape, cuda), DType.F16, 5),
                    1e-5f,
                    "rules " + rules);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 16, 16, F32",
        "4, 1, 64, 64, F16",
        "9, 3, 40, 32, BF16",
        "3, 1, 7, 4, F16",
        "4, 2, 64, 64, Q8_0",
        "5, 5, 40, 7, Q8_0"
    })
    void shapes(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        AttentionSpec shape = shape(heads, kvHeads, dim);
        Fixtures.assertClose(
                twoSequences(REFERENCE, shape, dtype, blockSize),
                twoSequences(cuda, shape, dtype, blockSize),
                NumericPolicy.attention(dim, CONTEXT) * 2,
                shape.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15})
    void resultsDoNotDependOnTheCut(int rules) {
        AttentionSpec shape = with(rules, shape(4, 2, 24), cuda);
        float[] whole = null;
        int[] singly = new int[CONTEXT];
        Arrays.setAll(singly, i -> i + 1);
        for (int[] cut : new int[][] {{CONTEXT}, {5, CONTEXT}, singly}) {
            float[] out = AttentionSetting.of(shape, DType.F16, 16, CONTEXT).run(cuda, cut);
            whole = whole == null ? out : whole;
            Fixtures.assertSameBits(whole, out, cut.length + " steps");
        }
    }

    /** One token after a long prompt has a block for each span, the prompt's rows have one each. */
    @Test
    void spansOfALongContextGiveTheBitsOfOneBlock() {
        int context = 2 * CudaAttention.SPAN + 30;
        AttentionSpec shape = with(8, shape(2, 1, 8), cuda);
        var setting = AttentionSetting.of(shape, DType.F32, 64, context);
        float[] whole = new float[context * setting.outCols()];
        float[] last = new float[whole.length];
        try (KvStore store = setting.poisoned(cuda)) {
            setting.write(cuda, store, new int[1], new int[] {context}, context);
            setting.step(cuda, store, new int[] {context - 20}, new int[] {context}, whole);
            setting.step(cuda, store, new int[] {context - 1}, new int[] {context}, last);
        }
        int from = (context - 1) * setting.outCols();
        Fixtures.assertSameBits(
                Arrays.copyOfRange(whole, from, whole.length),
                Arrays.copyOfRange(last, from, last.length),
                "spans");
        var reference =
                AttentionSetting.of(with(8, shape(2, 1, 8), REFERENCE), DType.F32, 64, context);
        float[] expected = new float[whole.length];
        try (KvStore store = reference.poisoned(REFERENCE)) {
            reference.write(REFERENCE, store, new int[1], new int[] {context}, context);
            reference.step(
                    REFERENCE, store, new int[] {context - 1}, new int[] {context}, expected);
        }
        Fixtures.assertClose(expected, last, 1e-5f, "long context");
    }

    @Test
    void blocksAreCopied() {
        for (DType dtype : CudaKvStore.KNOWN) {
            AttentionSpec shape = shape(2, 2, 20);
            var setting = AttentionSetting.of(shape, dtype, 8, 16);
            float[] before = new float[16 * setting.outCols()];
            float[] after = before.clone();
            try (KvStore store = setting.poisoned(cuda)) {
                setting.step(cuda, store, new int[1], new int[] {16}, before);
                int[] table = setting.tables()[0];
                int free = freeBlock(table);
                cuda.copyKv(store, table[1], free, 7);
                table[1] = free;
                setting.step(cuda, store, new int[] {15}, new int[] {16}, after);
            }
            int from = 15 * setting.outCols();
            Fixtures.assertSameBits(
                    Arrays.copyOfRange(before, from, before.length),
                    Arrays.copyOfRange(after, from, after.length),
                    dtype.toString());
        }
    }

    /** The rotation fused into the write gives the cache the bits of the two ops. */
    @ParameterizedTest
    @EnumSource
    void rotatedKeysAreStored(RopeStyle style) {
        for (DType dtype : CudaKvStore.KNOWN) {
            Fixtures.assertSameBits(
                    rotated(style, dtype, false), rotated(style, dtype, true), dtype.toString());
        }
    }

    private static float[] rotated(RopeStyle style, DType dtype, boolean isFused) {
        AttentionSpec shape = shape(4, 2, 20);
        var setting = AttentionSetting.of(shape, dtype, 8, 9);
        Matrix cos = Fixtures.matrix(cuda, 6, Fixtures.uniform(12 * 6, 1));
        Matrix sin = Fixtures.matrix(cuda, 6, Fixtures.uniform(12 * 6, 2));
        var table = new RopeTable(style, 3, 12, cos, sin);
        Matrix k = Fixtures.matrix(cuda, 40, Fixtures.uniform(9 * 40, 3));
        Matrix v = Fixtures.matrix(cuda, 40, Fixtures.uniform(9 * 40, 4));
        Matrix q = Fixtures.matrix(cuda, 80, Fixtures.uniform(9 * 80, 5));
        Matrix out = Fixtures.zeros(cuda, 9, 80);
        var positions = Fixtures.index(cuda, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        int[] slots = new int[9];
        Arrays.setAll(slots, p -> setting.slot(0, p));
        var target = Fixtures.index(cuda, slots);
        int layer = AttentionSetting.LAYER;
        try (KvStore store = setting.poisoned(cuda)) {
            if (isFused) {
                cuda.ropeWriteKv(store, layer, k, table, positions, v, target, 9);
            } else {
                cuda.rope(k, 2, table, positions, 9);
                cuda.writeKv(store, layer, k, v, target, 9);
            }
            var metadata = setting.metadata(cuda, new int[] {0, 9}, new int[] {9});
            cuda.attention(q, store, layer, shape, metadata, 9, out);
        }
        return Fixtures.rows(out, 0, 9);
    }

    private static int freeBlock(int[] table) {
        int block = 0;
        while (block == table[0] || block == table[1]) {
            block++;
        }
        return block;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "3, 8, 0, 2", "2, 40, 0, 0", "3, 7, 1, 5", "2, 32, 9, 0"})
    void attentionWithoutACache(int heads, int dim, int window, int reach) {
        Fixtures.assertClose(
                encode(REFERENCE, heads, dim, window, reach),
                encode(cuda, heads, dim, window, reach),
                1e-5f,
                "self attention");
    }

    private static float[] encode(Backend backend, int heads, int dim, int window, int reach) {
        var spec = new SelfAttentionSpec(heads, dim, 1 / (float) Math.sqrt(dim), window);
        if (reach > 0) {
            int cols = 2 * reach + 1;
            float[] bias = Fixtures.uniform(heads * cols, 5);
            spec = spec.withBias(new RelativeBias(Fixtures.matrix(backend, cols, bias), reach));
        }
        int[] starts = {0, 1, 1, 34, 50};
        int T = 50;
        Matrix qkv =
                Fixtures.matrix(backend, 3 * spec.cols(), Fixtures.uniform(T * 3 * spec.cols(), 6));
        Matrix out = Fixtures.zeros(backend, T, spec.cols());
        backend.selfAttention(
                qkv.columns(0, spec.cols()),
                qkv.columns(spec.cols(), spec.cols()),
                qkv.columns(2 * spec.cols(), spec.cols()),
                spec,
                Fixtures.index(backend, starts),
                4,
                T,
                out);
        return Fixtures.rows(out, 0, T);
    }
}
