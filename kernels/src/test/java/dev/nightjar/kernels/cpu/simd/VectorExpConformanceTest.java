package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.cpu.simd.vector.VectorExp;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accuracy on its own: a loose error here would hide in the tolerances of attention. */
class VectorExpConformanceTest {

    private static final int N = 1 << 14;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidth();
    }

    private static float[] exp2(float... x) {
        float[] padded = Arrays.copyOf(x, VectorShapes.padded(x.length));
        for (int i = 0; i < padded.length; i += VectorShapes.LANES) {
            VectorExp.exp2(FloatVector.fromArray(VectorShapes.FLOATS, padded, i))
                    .intoArray(padded, i);
        }
        return padded;
    }

    private static float[] exp(float... x) {
        float[] padded = Arrays.copyOf(x, VectorShapes.padded(x.length));
        for (int i = 0; i < padded.length; i += VectorShapes.LANES) {
            VectorExp.exp(FloatVector.fromArray(VectorShapes.FLOATS, padded, i))
                    .intoArray(padded, i);
        }
        return padded;
    }

    private static float[] range(float from, float to) {
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = from + (to - from) * i / N;
        }
        return x;
    }

    private static double worstUlp(float[] x, float[] y, DoubleUnaryOperator exact) {
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            double truth = exact.applyAsDouble(x[i]);
            worst = Math.max(worst, Math.abs(y[i] - truth) / Math.ulp((float) truth));
        }
        return worst;
    }

    @Test
    void exp2IsAccurateToAnUlp() {
        float[] x = range(-125.9f, 126.9f);
        double worst = worstUlp(x, exp2(x), v -> Math.pow(2, v));
        assertTrue(worst < 1, () -> "worst error in ulp: " + worst);
    }

    @Test
    void expIsAccurateToTwoUlp() {
        float[] x = range(-87, 87.9f);
        double worst = worstUlp(x, exp(x), Math::exp);
        assertTrue(worst < 2, () -> "worst error in ulp: " + worst);
    }

    @Test
    void extremesSaturate() {
        float[] y =
                exp2(Float.NEGATIVE_INFINITY, -1e30f, -126.1f, 0, 1, Float.NaN, nanWithPayload());
        assertEquals(0, y[0]);
        assertEquals(0, y[1]);
        assertEquals(0, y[2]);
        assertEquals(1, y[3]);
        assertEquals(2, y[4]);
        assertTrue(Float.isNaN(y[5]) && Float.isNaN(y[6]));
        float[] e = exp(Float.NEGATIVE_INFINITY, -88, 0, 89, Float.POSITIVE_INFINITY, Float.NaN);
        assertEquals(0, e[0]);
        assertEquals(0, e[1]);
        assertEquals(1, e[2]);
        assertEquals(Float.POSITIVE_INFINITY, e[3]);
        assertEquals(Float.POSITIVE_INFINITY, e[4]);
        assertTrue(Float.isNaN(e[5]));
    }

    /** Its low bits look like an exponent to shift. */
    private static float nanWithPayload() {
        return Float.intBitsToFloat(0x7fc00101);
    }
}
