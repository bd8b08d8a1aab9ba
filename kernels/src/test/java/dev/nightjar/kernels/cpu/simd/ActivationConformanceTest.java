package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.cpu.simd.vector.VectorTanh;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations and gates; their accuracy on its own over the whole range. */
class ActivationConformanceTest {

    private static final int N = 1 << 14;

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
    @EnumSource
    void activate(Activation activation) {
        for (int cols : new int[] {1, 7, 32, 257, 1030}) {
            RowOpCheck.check(
                    vector,
                    (backend, x, rows, out) -> {
                        backend.copy(x, rows, out);
                        backend.scale(out, 9, rows);
                        backend.activate(activation, out, rows);
                    },
                    cols,
                    cols,
                    tolerance(activation, 100),
                    activation.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void activateMultiply(Activation activation) {
        for (int cols : new int[] {1, 7, 32, 257, 1536}) {
            RowOpCheck.check(
                    vector,
                    (backend, x, rows, out) -> {
                        backend.scale(x, 20, rows);
                        backend.activateMultiply(activation, x, rows, out);
                    },
                    2 * cols,
                    cols,
                    tolerance(activation, activation == Activation.RELU_SQUARED ? 8000 : 400),
                    activation.toString());
        }
    }

    /** The result may take the place of either half. */
    @ParameterizedTest
    @ValueSource(ints = {0, 600})
    void activateMultiplyInPlace(int column) {
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    Matrix half = x.columns(column, 600);
                    backend.activateMultiply(Activation.GELU, x, rows, half);
                    backend.copy(half, rows, out);
                },
                1200,
                600,
                NumericPolicy.elementwise(),
                "in place");
    }

    /** Limits that cut, on both sides. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257, 1030})
    void clampedGate(int cols) {
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.scale(x, 10, rows);
                    backend.clampedGate(x, 1.702f, 7, rows, out);
                },
                2 * cols,
                cols,
                64 * NumericPolicy.elementwise(),
                "clampedGate");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257})
    void clamp(int cols) {
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    backend.clamp(out, 0.5f, rows);
                },
                cols,
                cols,
                0,
                "clamp");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257})
    void softCap(int cols) {
        RowOpCheck.check(
                vector,
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    backend.scale(out, 100, rows);
                    backend.softCap(out, 30, rows);
                },
                cols,
                cols,
                30 * NumericPolicy.elementwise(),
                "softCap");
    }

    /**
     * A value beside a rounding boundary may fall on its other side: one ulp of a half below 16,
     * here multiplied with inputs below 100.
     */
    private static float tolerance(Activation activation, float factor) {
        boolean rounds = activation == Activation.GELU_TANH_HALF;
        return factor * NumericPolicy.elementwise() + (rounds ? 0x1p-7f * factor / 4 : 0);
    }

    private static float[] range(float from, float to) {
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = from + (to - from) * i / N;
        }
        return x;
    }

    private static float[] activated(Backend backend, Activation activation, float... x) {
        Matrix matrix = Fixtures.matrix(backend, x.length, x);
        backend.activate(activation, matrix, 1);
        return Fixtures.rows(matrix, 0, 1);
    }

    /** The far negative side keeps its digits too. */
    @ParameterizedTest
    @EnumSource
    void digitsSurviveOnBothSides(Activation activation) {
        float[] x = range(-12.5f, 12.5f);
        float[] expected = activated(new ScalarBackend(), activation, x);
        float[] actual = activated(vector, activation, x);
        // rounding the argument of an exponential near e^-80 costs 80 ulps
        float tolerance =
                switch (activation) {
                    case GELU_TANH -> 1.2e-5f;
                    case GELU_TANH_HALF -> 0x1p-10f;
                    default -> 2e-6f;
                };
        float spacing = activation == Activation.GELU_TANH_HALF ? 0x1p-24f : 1e-36f;
        for (int i = 0; i < N; i++) {
            // below that, exponentials are flushed to zero
            if (Math.abs(expected[i]) > 1e-30f || actual[i] != 0) {
                float allowed = tolerance * Math.abs(expected[i]) + spacing;
                assertEquals(expected[i], actual[i], allowed, activation + " of " + x[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void extremesSaturateAndNanStays(Activation activation) {
        float[] y = activated(vector, activation, 0, -1e5f, 1e5f, 1e-30f, -1e-30f, Float.NaN);
        assertEquals(0, y[0], 0x1p-149f, activation.toString());
        assertEquals(0, y[1], 0x1p-149f, activation.toString());
        assertEquals(activation == Activation.RELU_SQUARED ? 1e10f : 1e5f, y[2], 1e-7f * y[2]);
        assertTrue(Math.abs(y[3]) <= 1e-30f && Math.abs(y[4]) <= 1e-30f);
        assertTrue(Float.isNaN(y[5]), activation.toString());
    }

    private static float[] tanh(float... x) {
        float[] padded = Arrays.copyOf(x, VectorShapes.padded(x.length));
        for (int i = 0; i < padded.length; i += VectorShapes.LANES) {
            VectorTanh.tanh(FloatVector.fromArray(VectorShapes.FLOATS, padded, i))
                    .intoArray(padded, i);
        }
        return padded;
    }

    @Test
    void tanhIsAccurateToAFewUlps() {
        double worst = 0;
        for (float limit : new float[] {1e-20f, 1e-3f, 0.7f, 20}) {
            float[] x = range(-limit, limit);
            float[] y = tanh(x);
            for (int i = 0; i < N; i++) {
                double truth = Math.tanh(x[i]);
                worst = Math.max(worst, Math.abs(y[i] - truth) / Math.ulp((float) truth));
            }
        }
        double found = worst;
        assertTrue(worst < 4, () -> "worst error in ulp: " + found);
        float[] y = tanh(-0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);
        Fixtures.assertSameBits(
                new float[] {-0f, 1, -1, Float.NaN}, Arrays.copyOf(y, 4), "extremes");
    }
}
