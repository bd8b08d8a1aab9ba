package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer norm and the norms of heads. */
class NormConformanceTest {

    private static final float TOLERANCE = 8 * NumericPolicy.elementwise();

    private static Backend vector;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidth();
        vector = new VectorBackend(3);
    }

    @AfterAll
    static void close() {
        if (vector != null) {
            vector.close();
        }
    }

    private static Weight weight(int cols, long seed) {
        return vector.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, seed, cols)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 96, 257, 2048})
    void layerNorm(int cols) {
        Weight weight = weight(cols, 1);
        Weight bias = weight(cols, 2);
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> backend.layerNorm(x, weight, bias, 1e-3f, rows, out),
                cols,
                cols,
                TOLERANCE,
                "layerNorm");
    }

    /** Elements far from zero: the variance must not drown in the mean. */
    @Test
    void layerNormOfAnOffset() {
        Weight weight = weight(300, 1);
        Weight bias = weight(300, 2);
        float[] input = Fixtures.uniform(RowOpCheck.T * 300, 5);
        for (int i = 0; i < input.length; i++) {
            input[i] += 64;
        }
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> backend.layerNorm(x, weight, bias, 1e-5f, rows, out),
                input,
                300,
                64 * TOLERANCE,
                "layerNorm with an offset");
    }

    /** A weight for each head, or one for all. */
    @ParameterizedTest
    @CsvSource({"1, 7, 7", "3, 64, 64", "3, 64, 192", "5, 33, 33", "5, 33, 165", "2, 128, 128"})
    void normsOfHeads(int heads, int dim, int weightLength) {
        Weight weight = weight(weightLength, 3);
        int cols = heads * dim;
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    backend.rmsNormHeads(out, heads, weight, 1e-6f, rows);
                },
                cols,
                cols,
                TOLERANCE,
                "rmsNormHeads");
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    backend.layerNormHeads(out, heads, weight, 1e-3f, rows);
                },
                cols,
                cols,
                TOLERANCE,
                "layerNormHeads");
    }
}
