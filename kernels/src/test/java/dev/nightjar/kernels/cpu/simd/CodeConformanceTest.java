package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.assembly.Support;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormats;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Products of codes with quantized activations: the bits that the interface promises. That they box
 * no vectors is what {@link KernelCompilationTest} looks at, in JVMs of its own.
 */
class CodeConformanceTest {

    private static final int COLS = 1024;
    private static final int BLOCK = 32;

    /** Activations are whole multiples of the largest magnitude of their block over this. */
    private static final int LEVELS = 127;

    private static final int WIDE_LEVELS = 127 * 128;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    /** A format, and whether assembled functions multiply it or vectors. */
    record Kind(DType dtype, boolean isAssembled) {
        Backend open(int threads) {
            return new VectorBackend(
                    threads, WeightLayout.REPACKED, ActivationPrecision.Q8, isAssembled);
        }
    }

    static List<Kind> withCodes() {
        List<Kind> kinds = new ArrayList<>();
        for (DType dtype : BlockFormats.known()) {
            if (GroupFormats.of(dtype).flatMap(GroupFormat::codes).isPresent()) {
                kinds.add(new Kind(dtype, false));
            }
            if (AssembledProducts.of(dtype, ActivationPrecision.Q8)
                    .filter(p -> !p.isExact())
                    .isPresent()) {
                kinds.add(new Kind(dtype, true));
            }
        }
        return kinds;
    }

    @Test
    void bothKindsAreTestedWhereTheProcessorHasBoth() {
        assumeTrue(Support.instructions(VectorShapes.BITS / 8).isPresent());
        assertEquals(4, withCodes().stream().filter(Kind::isAssembled).count());
    }

    /** A block of a row in scalar code: codes around their centre, factor, minimum. */
    private record Block(int[] codes, float factor, int minimum) {}

    private static int byteAt(Tensor tensor, long at) {
        return tensor.data().get(ValueLayout.JAVA_BYTE, at) & 255;
    }

    private static float half(Tensor tensor, long at) {
        return Float.float16ToFloat(tensor.data().get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
    }

    private static Block block(Tensor tensor, int row, int index) {
        long start = row * tensor.rowBytes();
        int[] codes = new int[BLOCK];
        if (tensor.dtype() == DType.Q4_0) {
            long at = start + 18L * index;
            for (int j = 0; j < BLOCK; j++) {
                codes[j] = (byteAt(tensor, at + 2 + j % 16) >>> j / 16 * 4 & 15) - 8;
            }
            return new Block(codes, half(tensor, at), 0);
        }
        assertEquals(DType.Q4_K, tensor.dtype(), "a format this test does not know");
        long at = start + 144L * (index / 8);
        int sub = index % 8;
        for (int j = 0; j < BLOCK; j++) {
            int pair = byteAt(tensor, at + 16 + sub / 2 * 32 + j);
            codes[j] = (pair >>> sub % 2 * 4 & 15) - 8;
        }
        int scale = byteAt(tensor, at + 4 + sub % 4);
        int min = byteAt(tensor, at + 8 + sub % 4);
        if (sub < 4) {
            scale &= 63;
            min &= 63;
        } else {
            int low = byteAt(tensor, at + 12 + sub % 4);
            scale = low & 15 | scale >>> 6 << 4;
            min = low >>> 4 | min >>> 6 << 4;
        }
        return new Block(codes, scale, min);
    }

    /** Blocks whose codes have been multiplied by the scales of their runs, whole numbers, too. */
    private static float chainOfWholes(Tensor tensor, int row, float[] x, int from) {
        float sum = 0;
        for (int k = 0; k < COLS; k += BLOCK) {
            long at = row * tensor.rowBytes() + 210L * (k / 256);
            int half = k % 256 / 128;
            int quarter = k % 128 / BLOCK;
            float max = largest(x, from + k);
            int product = 0;
            for (int j = 0; j < BLOCK; j++) {
                int low = byteAt(tensor, at + half * 64 + quarter % 2 * 32 + j);
                int high = byteAt(tensor, at + 128 + half * 32 + j);
                int code = low >>> quarter / 2 * 4 & 15 | (high >>> 2 * quarter & 3) << 4;
                int scale = (byte) byteAt(tensor, at + 192 + (k % 256 + j) / 16);
                product += (code - 32) * scale * quantized(x[from + k + j], max);
            }
            sum = Math.fma(product * half(tensor, at + 208), max / LEVELS, sum);
        }
        return sum;
    }

    /** Codes of 8 bits times activations of 15. */
    private static float chainOfBytes(Tensor tensor, int row, float[] x, int from) {
        float sum = 0;
        for (int k = 0; k < COLS; k += BLOCK) {
            long at = row * tensor.rowBytes() + 34L * (k / BLOCK);
            float max = largest(x, from + k);
            int product = 0;
            for (int j = 0; j < BLOCK; j++) {
                int code = (byte) byteAt(tensor, at + 2 + j);
                product += code * quantized(x[from + k + j], max, WIDE_LEVELS);
            }
            sum = Math.fma(product * half(tensor, at), max / WIDE_LEVELS, sum);
        }
        return sum;
    }

    private static float largest(float[] x, int from) {
        float max = 0;
        for (int j = 0; j < BLOCK; j++) {
            max = Math.max(max, Math.abs(x[from + j]));
        }
        return max;
    }

    private static int quantized(float x, float max) {
        return quantized(x, max, LEVELS);
    }

    private static int quantized(float x, float max, int levels) {
        return max == 0 ? 0 : (int) Math.rint(x * (levels / max));
    }

    private static float chain(Tensor tensor, int row, float[] x, int from) {
        if (tensor.dtype() == DType.Q6_K) {
            return chainOfWholes(tensor, row, x, from);
        }
        if (tensor.dtype() == DType.Q8_0) {
            return chainOfBytes(tensor, row, x, from);
        }
        float sum = 0;
        float scaled = 0; // over a super-block, if there are such
        float minima = 0;
        for (int k = 0; k < COLS; k += BLOCK) {
            float max = largest(x, from + k);
            float dx = max / LEVELS;
            Block block = block(tensor, row, k / BLOCK);
            int product = 0;
            int total = 0;
            for (int j = 0; j < BLOCK; j++) {
                int q = quantized(x[from + k + j], max);
                product += q * block.codes[j];
                total += q;
            }
            if (tensor.dtype() == DType.Q4_0) {
                sum = Math.fma(product * block.factor, dx, sum);
                continue;
            }
            scaled = Math.fma((product + 8 * total) * block.factor, dx, scaled);
            minima = Math.fma(block.minimum, dx * total, minima);
            if (k % 256 == 256 - BLOCK) {
                long at = row * tensor.rowBytes() + 144L * (k / 256);
                sum = Math.fma(minima, -half(tensor, at + 2), sum);
                sum = Math.fma(scaled, half(tensor, at), sum);
                scaled = 0;
                minima = 0;
            }
        }
        return sum;
    }

    private static float[] activations(int rows, long seed) {
        float[] x = Fixtures.uniform(rows * COLS, seed);
        for (int k = 0; k < BLOCK; k++) {
            x[k] = 0;
            x[BLOCK + k] = k % 2 == 0 ? 1 : -1; // the largest sums there are
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("withCodes")
    void everyProductIsOneChainWhateverTheBatch(Kind kind) {
        DType dtype = kind.dtype;
        int rows = 161;
        int maxT = 70;
        Tensor tensor = Fixtures.tensor(dtype, 21, rows, COLS);
        float[] x = activations(maxT, 22);
        float[] expected = new float[maxT * rows];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = chain(tensor, i % rows, x, i / rows * COLS);
        }
        for (int threads = 1; threads <= 2; threads++) {
            try (Backend backend = kind.open(threads)) {
                Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
                Matrix in = Fixtures.matrix(backend, COLS, x);
                for (int T = 1; T <= maxT; T += T < 18 ? 1 : 9) {
                    Matrix out = Fixtures.zeros(backend, T, rows);
                    backend.matmul(weight, in, T, out);
                    Fixtures.assertSameBits(
                            Arrays.copyOf(expected, T * rows),
                            Fixtures.rows(out, 0, T),
                            kind + " T=" + T);
                }
            }
        }
    }

    /**
     * Byte {@code i} of a row is all ones where this says so: runs of 1, 2, 4, .. or all, or not.
     */
    private static boolean isHigh(int row, int i) {
        boolean high = row / 2 < 6 && (i >> row / 2 & 1) != 0;
        return high == (row % 2 == 0);
    }

    private static Tensor extremes(DType dtype, int rows) {
        Tensor tensor = Fixtures.tensor(dtype, 27, rows, COLS);
        MemorySegment data = tensor.data();
        int blockBytes = dtype.blockBytes();
        int halves = dtype == DType.Q4_K ? 2 : 1;
        for (int i = 0; i < data.byteSize(); i++) {
            int at = i % blockBytes;
            // Columns begin behind halves and scales, but for Q6_K.
            int column = dtype == DType.Q6_K ? at : at - 2 * halves;
            boolean high = isHigh((int) (i / tensor.rowBytes()), column);
            int least = dtype == DType.Q8_0 ? -128 : 0;
            int most = dtype == DType.Q8_0 ? 127 : 0xff;
            data.set(ValueLayout.JAVA_BYTE, i, (byte) (high ? most : least));
        }
        for (int block = 0; block < data.byteSize(); block += blockBytes) {
            for (int half = 0; half < halves; half++) {
                int at = block + 2 * half + (dtype == DType.Q6_K ? 208 : 0);
                data.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(0.5f));
            }
        }
        return tensor;
    }

    /** Codes at their ends times activations at theirs: the largest sums of any of them. */
    @ParameterizedTest
    @MethodSource("withCodes")
    void theLargestSumsAreExact(Kind kind) {
        DType dtype = kind.dtype;
        int rows = 14;
        Tensor tensor = extremes(dtype, rows);
        float[] x = new float[rows * COLS];
        for (int i = 0; i < x.length; i++) {
            x[i] = isHigh(i / COLS, i % COLS) ? 1 : -1;
        }
        float[] expected = new float[rows * rows];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = chain(tensor, i % rows, x, i / rows * COLS);
        }
        Fixtures.assertSameBits(expected, matmul(kind.open(1), tensor, x, rows), kind.toString());
        float[] last = Arrays.copyOfRange(x, x.length - COLS, x.length);
        float[] ofLast = Arrays.copyOfRange(expected, expected.length - rows, expected.length);
        Fixtures.assertSameBits(ofLast, matmul(kind.open(1), tensor, last, 1), kind + " alone");
    }

    /** What quantized activations cost: no more than the format's own rounding. */
    @ParameterizedTest
    @MethodSource("withCodes")
    void isCloseToTheExactProduct(Kind kind) {
        Tensor tensor = Fixtures.tensor(kind.dtype, 23, 64, COLS);
        float[] x = Fixtures.uniform(4 * COLS, 24);
        float[] found = matmul(kind.open(1), tensor, x, 4);
        float[] exact = matmul(new VectorBackend(1), tensor, x, 4);
        double error = 0;
        double square = 0;
        for (int i = 0; i < exact.length; i++) {
            error += (found[i] - exact[i]) * (found[i] - exact[i]);
            square += exact[i] * exact[i];
        }
        double most = kind.dtype == DType.Q8_0 ? 1e-8 : 1e-4;
        assertTrue(error / square < most, "NMSE " + error / square);
    }

    /** What is no number stays visible, and does not spread to other rows. */
    @ParameterizedTest
    @MethodSource("withCodes")
    void brokenActivationsBreakTheirRowOnly(Kind kind) {
        Tensor tensor = Fixtures.tensor(kind.dtype, 25, 64, COLS);
        for (int T : new int[] {1, 5, 33}) {
            float[] x = Fixtures.uniform(T * COLS, 26);
            float[] clean = matmul(kind.open(1), tensor, x, T);
            x[7] = Float.NaN;
            float[] found = matmul(kind.open(1), tensor, x, T);
            assertTrue(Float.isNaN(found[0]), "NaN went unnoticed, T=" + T);
            Fixtures.assertSameBits(
                    Arrays.copyOfRange(clean, 64, clean.length),
                    Arrays.copyOfRange(found, 64, found.length),
                    "the other rows, T=" + T);
            x[7] = Float.POSITIVE_INFINITY;
            assertTrue(!Float.isFinite(matmul(kind.open(1), tensor, x, T)[0]), "infinity, T=" + T);
        }
    }

    private static float[] matmul(Backend opened, Tensor tensor, float[] x, int T) {
        try (Backend backend = opened) {
            Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
            Matrix out = Fixtures.zeros(backend, T, weight.rows());
            backend.matmul(weight, Fixtures.matrix(backend, COLS, x), T, out);
            return Fixtures.rows(out, 0, T);
        }
    }
}
