package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormats;
import dev.nightjar.kernels.cpu.simd.group.GroupScratch;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights in groups of rows: what is stored, what is computed, and that nothing else matters. */
class GroupConformanceTest {

    private static final int COLS = 512;
    private static final int BLOCK = 32;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidthOfProcessor();
    }

    static List<DType> packed() {
        return BlockFormats.known().stream()
                .filter(dtype -> GroupFormats.of(dtype).isPresent())
                .toList();
    }

    /** The fixed order of summation, in scalar code. */
    private static float chain(float[] w, int row, float[] x, int t) {
        float sum = 0;
        for (int k = 0; k < COLS; k++) {
            sum = Math.fma(w[row * COLS + k], x[t * COLS + k], sum);
        }
        return sum;
    }

    private static boolean takesFactors(DType dtype) {
        return GroupFormats.of(dtype).orElseThrow().takesFactors();
    }

    /** What is multiplied, in scalar code: weights, or words of Q8_0 with what is below a code. */
    private static float[] weights(Tensor tensor) {
        float[] w = new float[(int) tensor.shape().numElements()];
        BlockFormats.of(tensor.dtype()).orElseThrow().dequantize(tensor.data(), 0, w, 0, w.length);
        if (!takesFactors(tensor.dtype())) {
            return w;
        }
        for (int k = 0; k < w.length; k += 4) {
            float scale = half(tensor, k / BLOCK);
            int word = 0;
            for (int j = 0; j < 4; j++) {
                word += code(tensor, k + j) << 24 - 8 * j;
            }
            for (int j = 0; j < 4; j++) {
                assertEquals(w[k + j], scale * code(tensor, k + j), 0, "codes of Q8_0");
                w[k + j] = (float) (word << 8 * j) * (scale * 0x1p-24f);
            }
        }
        return w;
    }

    private static float half(Tensor tensor, int block) {
        return Float.float16ToFloat(
                tensor.data().get(ValueLayout.JAVA_SHORT_UNALIGNED, block * 34L));
    }

    private static int code(Tensor tensor, int k) {
        return tensor.data().get(ValueLayout.JAVA_BYTE, k / BLOCK * 34L + 2 + k % BLOCK);
    }

    private static float[] factors(float[] x) {
        float[] y = x.clone();
        for (int k = 0; k < x.length; k++) {
            if (k % 4 != 0) {
                y[k] = Math.fma(x[k - 1], -1f / 256, x[k]);
            }
        }
        return y;
    }

    /** A code of -128 above a negative rest fits no word; its slab lies in columns. */
    @Test
    void theLeastCodeIsNoException() {
        Tensor tensor = Fixtures.tensor(DType.Q8_0, 5, 150, COLS);
        for (int row = 40; row < 150; row += 50) {
            tensor.data().set(ValueLayout.JAVA_BYTE, row * tensor.rowBytes() + 2, (byte) -128);
            tensor.data().set(ValueLayout.JAVA_BYTE, row * tensor.rowBytes() + 3, (byte) -5);
        }
        GroupFormat format = GroupFormats.of(DType.Q8_0).orElseThrow();
        assertEquals(format.takesFactors(), !format.holds(tensor, 32, 16), "row 40");
        assertTrue(format.holds(tensor, 41, 49), "the rows between");
        float[] x = Fixtures.uniform(30 * COLS, 6);
        float[] expected;
        try (Backend scalar = new ScalarBackend()) {
            expected = matmul(scalar, tensor, x, 30);
        }
        try (Backend backend = new VectorBackend(2)) {
            float[] alone = matmul(backend, tensor, x, 1);
            for (int T : new int[] {1, 2, 3, 7, 12, 30}) {
                float[] found = matmul(backend, tensor, x, T);
                Fixtures.assertSameBits(alone, Arrays.copyOf(found, 150), "first of " + T);
                Fixtures.assertClose(
                        Arrays.copyOf(expected, found.length),
                        found,
                        2 * NumericPolicy.dot(DType.Q8_0, COLS),
                        "T=" + T);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("packed")
    void everyProductIsOneChainWhateverTheBatch(DType dtype) {
        int rows = 97;
        int maxT = 260; // several blocks of rows
        Tensor tensor = Fixtures.tensor(dtype, 11, rows, COLS);
        float[] w = weights(tensor);
        float[] x = Fixtures.uniform(maxT * COLS, 12);
        float[] y = takesFactors(dtype) ? factors(x) : x;
        float[] expected = new float[maxT * rows];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = chain(w, i % rows, y, i / rows);
        }
        try (Backend backend = new VectorBackend(2)) {
            Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
            Matrix in = Fixtures.matrix(backend, COLS, x);
            for (int T = 1; T <= maxT; T += T < 16 ? 1 : T < 70 ? 9 : T < 122 ? 52 : 138) {
                Matrix out = Fixtures.zeros(backend, T, rows);
                backend.matmul(weight, in, T, out);
                Fixtures.assertSameBits(
                        Arrays.copyOf(expected, T * rows),
                        Fixtures.rows(out, 0, T),
                        dtype + " T=" + T);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("packed")
    void groupsHoldTheRowsAndZeros(DType dtype) {
        int rows = GroupLayout.ROWS;
        GroupFormat format = GroupFormats.of(dtype).orElseThrow();
        Tensor tensor = Fixtures.tensor(dtype, 13, 37, COLS);
        float[] w = weights(tensor);
        long bytes = format.layout().bytes(COLS);
        assertTrue(bytes < 1.03 * rows * tensor.rowBytes(), "about as long as the rows");
        MemorySegment group = Arena.ofAuto().allocate(bytes, 64);
        format.pack(tensor, 32, 5, group, 0);
        GroupScratch scratch = new GroupScratch();
        format.unpack(group, 0, COLS, scratch);
        for (int k = 0; k < COLS; k++) {
            for (int r = 0; r < rows; r++) {
                float found = scratch.panel.getAtIndex(ValueLayout.JAVA_FLOAT, k * rows + r);
                assertEquals(
                        r < 5 ? w[(32 + r) * COLS + k] + 0f : 0f,
                        found + 0f,
                        "row %d, k %d".formatted(r, k));
            }
        }
    }

    /** In place, sums have another order, so that only the values agree. */
    @ParameterizedTest
    @MethodSource("packed")
    void inPlaceComputesTheSame(DType dtype) {
        Tensor tensor = Fixtures.tensor(dtype, 3, 70, COLS);
        float[] x = Fixtures.uniform(5 * COLS, 4);
        try (Backend packing = new VectorBackend(2);
                Backend inPlace =
                        new VectorBackend(2, WeightLayout.IN_PLACE, ActivationPrecision.EXACT)) {
            Fixtures.assertClose(
                    matmul(packing, tensor, x, 5),
                    matmul(inPlace, tensor, x, 5),
                    2 * NumericPolicy.dot(dtype, COLS),
                    dtype + " in place");
        }
    }

    private static float[] matmul(Backend backend, Tensor tensor, float[] x, int T) {
        Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
        Matrix out = Fixtures.zeros(backend, T, weight.rows());
        backend.matmul(weight, Fixtures.matrix(backend, COLS, x), T, out);
        return Fixtures.rows(out, 0, T);
    }
}
