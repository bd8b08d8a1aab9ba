package dev.nightjar.kernels.cpu.scalar;

import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.assertHolds;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.matrix;
import static dev.nightjar.kernels.cpu.scalar.ScalarFixtures.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Norms, activations and gates on numbers small enough to check by hand. */
class ScalarLayersTest {

    private final ScalarBackend backend = new ScalarBackend();

    @Test
    void layerNormCentresAndScales() {
        Matrix x = matrix(backend, 2, 1, 3, -5, -1);
        Matrix out = matrix(backend, 2, new double[4]);
        backend.layerNorm(x, vector(backend, 2, 1), vector(backend, 10, 20), 0, 2, out);
        assertHolds(out, 8, 21, 8, 21);
        backend.layerNorm(x, vector(backend, 2, 1), vector(backend, 10, 20), 3, 1, x);
        assertHolds(x, 9, 20.5, -5, -1);
    }

    @Test
    void headsAreNormedOneByOne() {
        double root = Math.sqrt(12.5);
        Matrix x = matrix(backend, 4, 3, 4, 6, 8);
        backend.rmsNormHeads(x, 2, vector(backend, 2, 1), 0, 1);
        assertHolds(x, 6 / root, 4 / root, 6 / root, 4 / root);
        Matrix y = matrix(backend, 4, 3, 4, 6, 8);
        backend.rmsNormHeads(y, 2, vector(backend, 2, 1, 5, 10), 0, 1);
        assertHolds(y, 6 / root, 4 / root, 15 / root, 40 / root);
        Matrix z = matrix(backend, 4, 1, 3, 5, 9);
        backend.layerNormHeads(z, 2, vector(backend, 2, 1), 0, 1);
        assertHolds(z, -2, 1, -2, 1);
        backend.layerNormHeads(z, 2, vector(backend, 1, 1, 3, 3), 0, 1);
        assertHolds(z, -1, 1, -3, 3);
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.rmsNormHeads(z, 3, vector(backend, 1), 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.layerNormHeads(z, 2, vector(backend, 1, 1, 1), 0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "SILU, 1, 0.731058579",
        "SILU, -2, -0.238405844",
        "GELU, 1, 0.841344746",
        "GELU, -1, -0.158655254",
        "GELU, -5, -1.43325786e-6",
        "GELU, 6, 6",
        "GELU, -7, -8.95869e-12",
        "GELU_TANH, 1, 0.841191991",
        "GELU_TANH, -2, -0.0454023059",
        "GELU_QUICK, 1, 0.845795765",
        "RELU, -3, 0",
        "RELU, 3, 3",
        "RELU_SQUARED, 3, 9",
        "RELU_SQUARED, -3, 0"
    })
    void activations(Activation activation, float x, double expected) {
        Matrix matrix = matrix(backend, 1, x);
        backend.activate(activation, matrix, 1);
        float[] y = new float[1];
        matrix.buffer().read(0, y, 0, 1);
        assertEquals(expected, y[0], 1e-6 * Math.abs(expected) + 1e-30);
        Matrix out = matrix(backend, 1, 0);
        backend.activateMultiply(activation, matrix(backend, 2, x, 3), 1, out);
        assertHolds(out, 3 * expected);
    }

    /** An alpha of 0 makes the sigmoid one half. */
    @Test
    void clampedGateClampsTheGateFromAboveOnly() {
        Matrix out = matrix(backend, 2, 0, 0);
        backend.clampedGate(matrix(backend, 4, 3, -4, -5, 0.5), 0, 2, 1, out);
        assertHolds(out, 2 * 0.5 * (-2 + 1), -4 * 0.5 * (0.5 + 1));
        backend.clampedGate(matrix(backend, 4, 1, 0, 9, 1), 2, 7, 1, out);
        assertHolds(out, 8 / (1 + Math.exp(-2)), 0);
    }

    @Test
    void factorsPerColumnAndPerRow() {
        Matrix x = matrix(backend, 2, 1, 2, 3, 4);
        backend.multiply(x, vector(backend, 10, -1), 2);
        assertHolds(x, 10, -2, 30, -4);
        backend.sigmoidGate(x, matrix(backend, 1, Math.log(3), -Math.log(3)), 2);
        assertHolds(x, 7.5, -1.5, 7.5, -1);
        Matrix y = matrix(backend, 2, new double[4]);
        backend.copy(x, 1, y);
        assertHolds(y, 7.5, -1.5, 0, 0);
    }

    @Test
    void clampBoundsBothSides() {
        Matrix x = matrix(backend, 4, -3, -1, 0.5, 9);
        backend.clamp(x, 2, 1);
        assertHolds(x, -2, -1, 0.5, 2);
    }

    /** tanh(ln(3) / 2) = 1/2. */
    @Test
    void softCapBoundsBothSides() {
        Matrix x = matrix(backend, 4, Math.log(3), 0, -Math.log(3), 1e9);
        backend.softCap(x, 2, 1);
        assertHolds(x, 1, 0, -1, 2);
    }
}
