package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small ops: against the reference, and each row alone against the same row in a batch. */
class ElementwiseConformanceTest {

    private static final int T = RowOpCheck.T;

    private static final Backend REFERENCE = new ScalarBackend();
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

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 96, 257, 2048})
    void rmsNorm(int cols) {
        Weight weight =
                vector.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 1, cols)));
        float tolerance = 4 * NumericPolicy.elementwise();
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> backend.rmsNorm(x, weight, 1e-5f, rows, out),
                cols,
                cols,
                tolerance,
                "rmsNorm");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 576})
    void addRmsNormIsItsDecomposition(int cols) {
        Weight weight =
                vector.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F16, 1, cols)));
        float[] input = Fixtures.uniform(T * cols, 1);
        Matrix residual = Fixtures.matrix(vector, cols, Fixtures.uniform(T * cols, 2));
        Matrix fusedX = Fixtures.matrix(vector, cols, input);
        Matrix fused = Fixtures.zeros(vector, T, cols);
        vector.addRmsNorm(fusedX, residual, weight, 1e-6f, T, fused);
        Matrix x = Fixtures.matrix(vector, cols, input);
        vector.add(x, residual, T);
        Fixtures.assertSameBits(Fixtures.rows(x, 0, T), Fixtures.rows(fusedX, 0, T), "x");
        vector.rmsNorm(x, weight, 1e-6f, T, x);
        Fixtures.assertSameBits(Fixtures.rows(x, 0, T), Fixtures.rows(fused, 0, T), "out");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257})
    void additions(int cols) {
        Weight bias =
                vector.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.BF16, 3, cols)));
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.add(out, x, rows);
                    backend.addBias(out, bias, rows);
                    backend.scale(out, 0.3f, rows);
                },
                cols,
                cols,
                0,
                "add, addBias, scale");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257})
    void multiplyAndCopy(int cols) {
        Weight weight =
                vector.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 3, cols)));
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    backend.multiply(out, weight, rows);
                },
                cols,
                cols,
                0,
                "copy, multiply");
    }

    /** The gate is the first column. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 33, 258})
    void sigmoidGate(int cols) {
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x.columns(1, cols - 1), rows, out);
                    backend.sigmoidGate(out, x.columns(0, 1), rows);
                },
                cols,
                cols - 1,
                NumericPolicy.elementwise(),
                "sigmoidGate");
    }

    @ParameterizedTest
    @CsvSource({
        "ADJACENT, 64, 64",
        "ADJACENT, 20, 14",
        "HALF_SPLIT, 64, 64",
        "HALF_SPLIT, 20, 14",
        "HALF_SPLIT, 128, 96",
        "ADJACENT, 128, 32"
    })
    void rope(RopeStyle style, int headDim, int rotaryDim) {
        int half = rotaryDim / 2;
        float[] angles = Fixtures.uniform(50 * half, 5);
        float[] cos = new float[angles.length];
        float[] sin = new float[angles.length];
        for (int i = 0; i < angles.length; i++) {
            cos[i] = (float) Math.cos(3 * angles[i]);
            sin[i] = (float) Math.sin(3 * angles[i]);
        }
        int cols = 3 * headDim;
        float[][] results = new float[2][];
        for (Backend backend : List.of(REFERENCE, vector)) {
            var table =
                    new RopeTable(
                            style,
                            rotaryDim,
                            Fixtures.matrix(backend, half, cos),
                            Fixtures.matrix(backend, half, sin));
            Matrix x = Fixtures.matrix(backend, cols, Fixtures.uniform(T * cols, 7));
            int[] positions = new int[T];
            for (int t = 0; t < T; t++) {
                positions[t] = (t * 7) % 50;
            }
            backend.rope(x, 3, table, Fixtures.index(backend, positions), T);
            results[backend == vector ? 1 : 0] = Fixtures.rows(x, 0, T);
        }
        Fixtures.assertSameBits(results[0], results[1], style + " " + rotaryDim);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void embedAndGather(DType dtype) {
        var tensor = Fixtures.tensor(dtype, 9, 11, 256);
        int[] ids = {10, 0, 3, 3, 7};
        float[][] results = new float[2][];
        for (Backend backend : List.of(REFERENCE, vector)) {
            Weight table = backend.prepare(WeightUse.EMBEDDING, List.of(tensor));
            Matrix rows = Fixtures.zeros(backend, 5, 256);
            backend.embed(table, Fixtures.index(backend, ids), 5, rows);
            Matrix out = Fixtures.zeros(backend, 3, 256);
            backend.gatherRows(rows, Fixtures.index(backend, 4, 0, 2), 3, out);
            results[backend == vector ? 1 : 0] = Fixtures.rows(out, 0, 3);
        }
        Fixtures.assertSameBits(results[0], results[1], dtype.toString());
    }

    @Test
    void nothingHappensOnZeroRows() {
        Matrix x = Fixtures.matrix(vector, 4, 1, 2, 3, 4);
        vector.add(x, x, 0);
        vector.scale(x, 3, 0);
        vector.activateMultiply(Activation.SILU, x, 0, x.columns(0, 2));
        Fixtures.assertSameBits(new float[] {1, 2, 3, 4}, Fixtures.rows(x, 0, 1), "x");
    }
}
