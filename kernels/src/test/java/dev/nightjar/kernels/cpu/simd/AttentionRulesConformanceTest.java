package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, soft caps, slopes, sinks and wide or narrow values, alone and together. */
class AttentionRulesConformanceTest {

    private static final int CONTEXT = 45;

    private static final Backend REFERENCE = new ScalarBackend();
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

    private static AttentionSpec shape(int heads, int kvHeads, int dim) {
        return new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
    }

    private static Weight perHead(int heads, long seed) {
        return one.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, seed, heads)));
    }

    /** Bit 0: window, 1: soft cap, 2: slopes, 3: sinks, 4: values of another width. */
    private static AttentionSpec with(int rules, AttentionSpec shape, int window) {
        int heads = shape.numHeads();
        AttentionSpec result = (rules & 1) != 0 ? shape.withWindow(window) : shape;
        result = (rules & 2) != 0 ? result.withSoftCap(1.5f) : result;
        result = (rules & 4) != 0 ? result.withSlopes(perHead(heads, 21)) : result;
        result = (rules & 8) != 0 ? result.withSinks(perHead(heads, 22)) : result;
        return (rules & 16) != 0 ? result.withValueDim(shape.headDim() - 5) : result;
    }

    /**
     * The tolerance of plain attention: a score of ALiBi may be as large as the context is long.
     */
    private static float tolerance(AttentionSpec shape) {
        float plain = NumericPolicy.attention(shape.headDim(), CONTEXT);
        return shape.slopes().isPresent() ? 4 * plain : plain;
    }

    /** Two sequences, the second in two steps. */
    private static float[] twoSequences(Backend backend, AttentionSetting setting) {
        float[] out = new float[2 * CONTEXT * setting.outCols()];
        try (KvStore store = setting.poisoned(backend)) {
            setting.step(backend, store, new int[2], new int[] {1, 33}, out);
            setting.step(backend, store, new int[] {1, 33}, new int[] {12, CONTEXT}, out);
        }
        return out;
    }

    /** Every combination of rules agrees with the reference and does not depend on the cut. */
    @Test
    void allCombinations() {
        for (int rules = 0; rules < 32; rules++) {
            AttentionSpec shape = with(rules, shape(6, 2, 20), 7);
            var setting = AttentionSetting.of(shape, DType.F16, 5, CONTEXT, CONTEXT);
            Fixtures.assertClose(
                    twoSequences(REFERENCE, setting),
                    twoSequences(three, setting),
                    tolerance(shape),
                    shape.toString());
            resultsDoNotDependOnTheCut(shape, DType.F16, 5);
        }
    }

    private static void resultsDoNotDependOnTheCut(
            AttentionSpec shape, DType dtype, int blockSize) {
        int[] singly = new int[CONTEXT];
        for (int i = 0; i < CONTEXT; i++) {
            singly[i] = i + 1;
        }
        int[][] cuts = {{CONTEXT}, {5, CONTEXT}, {16, 32, CONTEXT}, singly};
        var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT);
        float[] whole = null;
        for (int[] cut : cuts) {
            for (Backend backend : List.of(one, three)) {
                float[] out = setting.run(backend, cut);
                whole = whole == null ? out : whole;
                Fixtures.assertSameBits(whole, out, cut.length + " steps of " + shape);
            }
        }
    }

    /** Odd widths of heads, groups of every kind, blocks of any size. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 48, 64, 16, BF16",
        "4, 2, 80, 80, 32, F16",
        "3, 1, 96, 40, 64, F32",
        "8, 1, 192, 128, 16, BF16",
        "16, 1, 64, 64, 8, F16",
        "35, 5, 24, 24, 4, F32",
        "66, 2, 16, 24, 16, BF16",
        "16, 1, 576, 512, 16, BF16",
        "40, 1, 36, 32, 64, F32"
    })
    void shapes(int heads, int kvHeads, int dim, int valueDim, int blockSize, DType dtype) {
        for (int rules : new int[] {0, 1, 15}) {
            AttentionSpec shape =
                    with(rules, shape(heads, kvHeads, dim), 11).withValueDim(valueDim);
            var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT);
            float[] expected = setting.run(REFERENCE, 20, CONTEXT);
            float[] actual = setting.run(three, 20, CONTEXT);
            Fixtures.assertClose(expected, actual, tolerance(shape), shape.toString());
            Fixtures.assertSameBits(actual, setting.run(one, CONTEXT), "whole, " + shape);
        }
    }

    /** Windows around the sizes of blocks, vectors and tiles. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8, 15, 16, 17, 44, 45, 1000, Integer.MAX_VALUE})
    void windows(int window) {
        for (int blockSize : new int[] {5, 16}) {
            AttentionSpec shape = shape(3, 1, 24).withWindow(window);
            var setting = AttentionSetting.of(shape, DType.F32, blockSize, CONTEXT);
            Fixtures.assertClose(
                    setting.run(REFERENCE, CONTEXT),
                    setting.run(three, CONTEXT),
                    tolerance(shape),
                    shape.toString());
            resultsDoNotDependOnTheCut(shape, DType.F32, blockSize);
        }
    }

    /** Blocks behind every window may be gone: their ids are never looked at. */
    @Test
    void blocksBehindTheWindowAreNotRead() {
        AttentionSpec shape = shape(2, 1, 16).withWindow(9);
        var setting = AttentionSetting.of(shape, DType.F32, 4, CONTEXT);
        float[] expected = setting.run(one, 40, CONTEXT);
        float[] actual = new float[expected.length];
        try (KvStore store = setting.poisoned(three)) {
            setting.step(three, store, new int[1], new int[] {40}, actual);
            // query 40 sees positions from 32 on
            Arrays.fill(setting.tables()[0], 0, 8, -1);
            setting.step(three, store, new int[] {40}, new int[] {CONTEXT}, actual);
        }
        Fixtures.assertSameBits(expected, actual, "without the first blocks");
    }

    /** A sink that outweighs all tokens takes nearly everything, one far below nothing. */
    @Test
    void sinksOfAnySize() {
        List<float[]> results = new ArrayList<>();
        for (float sink : new float[] {60, -60, Float.NEGATIVE_INFINITY}) {
            Tensor tensor = new Tensor(DType.F32, new Shape(1), floats(sink));
            Weight weight = one.prepare(WeightUse.VECTOR, List.of(tensor));
            AttentionSpec shape = shape(1, 1, 16).withSinks(weight);
            var setting = AttentionSetting.of(shape, DType.F32, 16, CONTEXT);
            results.add(setting.run(one, CONTEXT));
        }
        var plain = AttentionSetting.of(shape(1, 1, 16), DType.F32, 16, CONTEXT);
        float[] without = plain.run(one, CONTEXT);
        Fixtures.assertClose(new float[without.length], results.get(0), 1e-20f, "large sink");
        Fixtures.assertClose(without, results.get(1), 1e-6f, "small sink");
        Fixtures.assertSameBits(without, results.get(2), "impossible sink");
    }

    private static MemorySegment floats(float value) {
        var bytes = MemorySegment.ofArray(new byte[4]);
        bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, value);
        return bytes;
    }

    /** Neighbours in the batch change nothing, under all rules at once. */
    @Test
    void aSequenceIsAloneInItsBatch() {
        AttentionSpec shape = with(31, shape(4, 2, 32), 10);
        var alone = AttentionSetting.of(shape, DType.F16, 16, 40);
        var together = AttentionSetting.of(shape, DType.F16, 16, 40, 23, 7);
        float[] expected = new float[40 * alone.outCols()];
        float[] actual = new float[3 * 40 * alone.outCols()];
        try (KvStore store = alone.poisoned(one)) {
            alone.step(one, store, new int[1], new int[] {40}, expected);
        }
        try (KvStore store = together.poisoned(three)) {
            together.step(three, store, new int[3], new int[] {40, 23, 7}, actual);
        }
        Fixtures.assertSameBits(expected, Arrays.copyOf(actual, expected.length), "alone or not");
    }
}
