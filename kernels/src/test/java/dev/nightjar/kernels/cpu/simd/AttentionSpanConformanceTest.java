package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.attention.AttentionPlan;
import dev.nightjar.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts of several spans, which threads share when there are few rows. */
class AttentionSpanConformanceTest {

    /** Four spans, the last of them short. */
    private static final int CONTEXT = 3 * AttentionPlan.SPAN + 21;

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend one;
    private static Backend two;
    private static Backend five;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidthOfProcessor();
        one = new VectorBackend(1);
        two = new VectorBackend(2);
        five = new VectorBackend(5);
    }

    @AfterAll
    static void close() {
        if (one != null) {
            one.close();
            two.close();
            five.close();
        }
    }

    private static AttentionSpec shape(int heads, int kvHeads, int dim) {
        return new AttentionSpec(heads, kvHeads, dim, 1 / (float) Math.sqrt(dim));
    }

    /** The last rows of one sequence, computed at once or one by one after all others. */
    private static float[] lastRows(
            Backend backend, AttentionSetting setting, int count, boolean singly) {
        float[] out = new float[CONTEXT * setting.outCols()];
        try (KvStore store = setting.poisoned(backend)) {
            int done = CONTEXT - count;
            setting.write(backend, store, new int[1], new int[] {done}, CONTEXT);
            for (int end = singly ? done + 1 : CONTEXT; end <= CONTEXT; end++) {
                setting.step(backend, store, new int[] {done}, new int[] {end}, out);
                done = end;
            }
        }
        return Arrays.copyOfRange(out, (CONTEXT - count) * setting.outCols(), out.length);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 2, 64, 64, 64, F16",
        "3, 3, 64, 64, 64, BF16",
        "9, 3, 80, 80, 32, Q8_0",
        "7, 1, 96, 96, 64, F32",
        "8, 1, 128, 128, 100, Q8_0",
        "2, 1, 256, 256, 64, F16",
        "14, 2, 20, 12, 5, Q8_0",
        "16, 1, 576, 512, 64, F16",
        "24, 2, 128, 64, 1024, BF16"
    })
    void agreesWithTheReferenceAndWithItself(
            int heads, int kvHeads, int dim, int valueDim, int blockSize, DType dtype) {
        AttentionSpec shape = shape(heads, kvHeads, dim).withValueDim(valueDim);
        var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT);
        float[] expected = lastRows(REFERENCE, setting, 3, false);
        float[] whole = lastRows(two, setting, 3, false);
        float tolerance = NumericPolicy.attention(dim, CONTEXT);
        Fixtures.assertClose(expected, whole, tolerance, shape.toString());
        for (Backend backend : List.of(one, two, five)) {
            float[] singly = lastRows(backend, setting, 3, true);
            Fixtures.assertSameBits(whole, singly, "one by one, " + shape);
        }
    }

    /** All rows of a prompt in any chunks, decoded rows, any number of threads. */
    @ParameterizedTest
    @CsvSource({"4, 1, 64, 64, F16", "3, 1, 16, 48, Q8_0", "2, 2, 64, 64, BF16"})
    void resultsDoNotDependOnTheCut(int heads, int kvHeads, int dim, int blockSize, DType dtype) {
        for (int window : new int[] {0, 300}) {
            AttentionSpec shape = shape(heads, kvHeads, dim).withWindow(window);
            var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT);
            float[] whole = setting.run(one, CONTEXT);
            int[][] cuts = {
                {CONTEXT}, {1, 2, 257, 258, 260, 511, CONTEXT}, {250, 500, CONTEXT - 1, CONTEXT}
            };
            for (int[] cut : cuts) {
                Fixtures.assertSameBits(whole, setting.run(two, cut), Arrays.toString(cut));
                Fixtures.assertSameBits(whole, setting.run(five, cut), Arrays.toString(cut));
            }
        }
    }

    /** Spans lie at positions, wherever blocks begin. */
    @Test
    void resultsDoNotDependOnTheBlockSize() {
        for (DType dtype : List.of(DType.F32, DType.F16, DType.BF16, DType.Q8_0)) {
            AttentionSpec shape = shape(4, 2, 40);
            float[] expected =
                    AttentionSetting.of(shape, dtype, 64, CONTEXT).run(two, 400, CONTEXT);
            for (int blockSize : new int[] {1, 5, 16, 33, 256, 300, 1024}) {
                var setting = AttentionSetting.of(shape, dtype, blockSize, CONTEXT);
                float[] actual = setting.run(two, 400, CONTEXT - 1, CONTEXT);
                Fixtures.assertSameBits(expected, actual, dtype + " in blocks of " + blockSize);
            }
        }
    }

    /** Sequences of all lengths in one step, some decoding, some not, in another order. */
    @Test
    void neighboursOfOtherLengthsChangeNothing() {
        AttentionSpec shape = shape(6, 3, 64);
        int[] contexts = {CONTEXT, 3, 290, CONTEXT - 5, 257};
        int[] done = {CONTEXT - 1, 0, 100, CONTEXT - 7, 256};
        var setting = AttentionSetting.of(shape, DType.F16, 64, contexts);
        float[] together = new float[contexts.length * CONTEXT * setting.outCols()];
        try (KvStore store = setting.poisoned(five)) {
            setting.write(five, store, new int[contexts.length], done, CONTEXT);
            setting.step(five, store, done, contexts, together);
        }
        float[] again = new float[together.length];
        try (KvStore store = setting.poisoned(one)) {
            setting.step(one, store, new int[contexts.length], contexts, again);
        }
        for (int s = 0; s < contexts.length; s++) {
            int from = (s * CONTEXT + done[s]) * setting.outCols();
            int to = (s * CONTEXT + contexts[s]) * setting.outCols();
            Fixtures.assertSameBits(
                    Arrays.copyOfRange(again, from, to),
                    Arrays.copyOfRange(together, from, to),
                    "sequence " + s);
        }
    }
}
