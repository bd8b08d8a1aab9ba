package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of 7 bits times rows of 8: the bits that the interface promises, and what they cost. */
class Int8ConformanceTest {

    private static final int ROWS = 161;
    private static final int MAX_T = 70;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
        assumeTrue(AssembledProducts.areSupported(), "skipped: nothing is assembled here");
    }

    private static Backend open(int threads) {
        return new VectorBackend(threads, WeightLayout.REPACKED, ActivationPrecision.INT8);
    }

    /** A row as whole multiples of a part of its largest magnitude. */
    private record Codes(int[] codes, float factor) {
        static Codes of(float[] x, int from, int cols, int levels) {
            float max = 0;
            for (int k = 0; k < cols; k++) {
                max = Math.max(max, Math.abs(x[from + k]));
            }
            int[] codes = new int[cols];
            for (int k = 0; k < cols && max > 0; k++) {
                codes[k] = (int) Math.rint(x[from + k] * (levels / max));
            }
            return new Codes(codes, max / levels);
        }

        float times(Codes other) {
            int sum = 0;
            for (int k = 0; k < codes.length; k++) {
                sum += codes[k] * other.codes[k];
            }
            return sum * factor * other.factor;
        }
    }

    private static float[] products(float[] weights, int rows, float[] x, int numX, int cols) {
        float[] products = new float[numX * rows];
        Codes[] w = new Codes[rows];
        Arrays.setAll(w, r -> Codes.of(weights, r * cols, cols, 63));
        for (int t = 0; t < numX; t++) {
            Codes activations = Codes.of(x, t * cols, cols, 127);
            for (int r = 0; r < rows; r++) {
                products[t * rows + r] = w[r].times(activations);
            }
        }
        return products;
    }

    private static float[] floats(Tensor tensor) {
        float[] all = new float[Math.toIntExact(tensor.shape().numElements())];
        BlockFormats.of(tensor.dtype())
                .orElseThrow()
                .dequantize(tensor.data(), 0, all, 0, all.length);
        return all;
    }

    private static Tensor tensor(float[] values, int rows, int cols) {
        MemorySegment bytes = Arena.ofAuto().allocate(4L * values.length, 4);
        MemorySegment.copy(values, 0, bytes, ValueLayout.JAVA_FLOAT, 0, values.length);
        return new Tensor(DType.F32, new Shape(rows, cols), bytes);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0"})
    void everyProductIsAWholeNumberWhateverTheBatch(DType dtype) {
        int cols = 416;
        Tensor tensor = Fixtures.tensor(dtype, 41, ROWS, cols);
        float[] x = Fixtures.uniform(MAX_T * cols, 42);
        Arrays.fill(x, 2 * cols, 3 * cols, 0);
        float[] expected = products(floats(tensor), ROWS, x, MAX_T, cols);
        for (int threads = 1; threads <= 2; threads++) {
            try (Backend backend = open(threads)) {
                Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
                Matrix in = Fixtures.matrix(backend, cols, x);
                for (int T = 1; T <= MAX_T; T += T < 27 ? 1 : 43) {
                    Matrix out = Fixtures.zeros(backend, T, ROWS);
                    backend.matmul(weight, in, T, out);
                    Fixtures.assertSameBits(
                            Arrays.copyOf(expected, T * ROWS),
                            Fixtures.rows(out, 0, T),
                            "T=" + T + " threads=" + threads);
                }
            }
        }
    }

    /** Codes at both ends in all pairs of neighbours: no sum of two leaves 16 bits. */
    @Test
    void theLargestSumsAreExact() {
        int cols = 8192;
        int rows = 8;
        float[] signs = new float[rows * cols];
        for (int i = 0; i < signs.length; i++) {
            int row = i / cols;
            boolean isUp = row / 2 == 3 || (i % cols >> row / 2 & 1) != 0;
            signs[i] = isUp == (row % 2 == 0) ? 1 : -1;
        }
        float[] expected = products(signs, rows, signs, rows, cols);
        assertSame(expected, tensor(signs, rows, cols), signs, rows);
    }

    @Test
    void zeroRowsStayZeroAndTinyOnesAreZero() {
        int cols = 64;
        float[] weights = Fixtures.uniform(3 * cols, 43);
        Arrays.fill(weights, cols, 2 * cols, 0);
        Arrays.fill(weights, 2 * cols, 3 * cols, Float.MIN_VALUE);
        float[] x = Fixtures.uniform(cols, 44);
        float[] expected = products(weights, 3, x, 1, cols);
        expected[2] = 0;
        assertSame(expected, tensor(weights, 3, cols), x, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 33})
    void brokenActivationsBreakTheirRowOnly(int T) {
        int cols = 96;
        Tensor tensor = Fixtures.tensor(DType.F32, 45, ROWS, cols);
        float[] x = Fixtures.uniform(T * cols, 46);
        float[] clean = matmul(tensor, x, T);
        for (float broken : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            x[7] = broken;
            float[] found = matmul(tensor, x, T);
            assertTrue(Float.isNaN(found[0]), broken + " went unnoticed");
            Fixtures.assertSameBits(
                    Arrays.copyOfRange(clean, ROWS, clean.length),
                    Arrays.copyOfRange(found, ROWS, found.length),
                    "the other rows");
        }
    }

    @Test
    void otherColumnsAreExact() {
        int cols = 75;
        Tensor tensor = Fixtures.tensor(DType.F32, 47, ROWS, cols);
        float[] x = Fixtures.uniform(3 * cols, 48);
        try (Backend exact = new VectorBackend(1)) {
            Weight weight = exact.prepare(WeightUse.MATMUL, List.of(tensor));
            Matrix out = Fixtures.zeros(exact, 3, ROWS);
            exact.matmul(weight, Fixtures.matrix(exact, cols, x), 3, out);
            assertSame(Fixtures.rows(out, 0, 3), tensor, x, 3);
        }
    }

    /** A seventh bit of weights is a few ten thousandths of normal ones. */
    @Test
    void isCloseToTheExactProduct() {
        int cols = 768;
        Tensor tensor = Fixtures.tensor(DType.F32, 49, 64, cols);
        float[] x = Fixtures.uniform(4 * cols, 50);
        float[] found = matmul(tensor, x, 4);
        float[] weights = floats(tensor);
        double error = 0;
        double square = 0;
        for (int i = 0; i < found.length; i++) {
            double exact = 0;
            for (int k = 0; k < cols; k++) {
                exact += (double) weights[i % 64 * cols + k] * x[i / 64 * cols + k];
            }
            error += (found[i] - exact) * (found[i] - exact);
            square += exact * exact;
        }
        assertTrue(error / square < 5e-4, "NMSE " + error / square);
    }

    @Test
    void whatItNeedsIsNamed() {
        BackendOptions options =
                new BackendOptions(Optional.of("vector"), 1)
                        .withActivations(ActivationPrecision.INT8);
        VectorProvider provider = new VectorProvider();
        for (BackendOptions lacking :
                List.of(options.withAssembly(false), options.withLayout(WeightLayout.IN_PLACE))) {
            var e = assertThrows(IllegalStateException.class, () -> provider.open(lacking));
            assertTrue(e.getMessage().contains("turned off; use q8"), e.getMessage());
        }
        provider.open(options.withAssembly(true)).close();
    }

    private static void assertSame(float[] expected, Tensor tensor, float[] x, int T) {
        Fixtures.assertSameBits(expected, matmul(tensor, x, T), "products");
    }

    private static float[] matmul(Tensor tensor, float[] x, int T) {
        try (Backend backend = open(1)) {
            Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
            Matrix out = Fixtures.zeros(backend, T, weight.rows());
            backend.matmul(weight, Fixtures.matrix(backend, weight.cols(), x), T, out);
            return Fixtures.rows(out, 0, T);
        }
    }
}
