package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products of floats, by vectors and by assembled functions: the bits of one chain over columns.
 */
class FloatConformanceTest {

    private static final int ROWS = 161;
    private static final int MAX_T = 270;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    /** Whole blocks of columns, and those that functions leave to vectors. */
    @ParameterizedTest
    @CsvSource({
        "F32, 416, true",
        "F32, 416, false",
        "F32, 1056, true",
        "F32, 75, true",
        "F32, 75, false",
        "BF16, 416, true",
        "BF16, 416, false",
        "BF16, 74, true",
        "F16, 416, true",
        "F16, 416, false",
        "F16, 74, true"
    })
    void everyProductIsOneChainWhateverTheBatch(DType dtype, int cols, boolean isAssembled) {
        Tensor tensor = Fixtures.tensor(dtype, 31, ROWS, cols);
        float[] x = Fixtures.uniform(MAX_T * cols, 32);
        float[] expected = chains(tensor, x, cols);
        for (int threads = 1; threads <= 2; threads++) {
            try (Backend backend =
                    new VectorBackend(
                            threads,
                            WeightLayout.REPACKED,
                            ActivationPrecision.EXACT,
                            isAssembled)) {
                Weight weight = backend.prepare(WeightUse.MATMUL, List.of(tensor));
                Matrix in = Fixtures.matrix(backend, cols, x);
                for (int T = 1; T <= MAX_T; T += T < 27 ? 1 : 81) {
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

    private static float[] chains(Tensor tensor, float[] x, int cols) {
        float[] weights = new float[ROWS * cols];
        BlockFormats.of(tensor.dtype())
                .orElseThrow()
                .dequantize(tensor.data(), 0, weights, 0, weights.length);
        float[] products = new float[MAX_T * ROWS];
        for (int i = 0; i < products.length; i++) {
            int w = i % ROWS * cols;
            int from = i / ROWS * cols;
            for (int k = 0; k < cols; k++) {
                products[i] = Math.fma(weights[w + k], x[from + k], products[i]);
            }
        }
        return products;
    }
}
