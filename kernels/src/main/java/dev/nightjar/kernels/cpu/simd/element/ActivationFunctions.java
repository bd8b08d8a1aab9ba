package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.cpu.simd.vector.VectorExp;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The activations as loops over whole vectors; NaN stays NaN in all of them. */
public final class ActivationFunctions {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final float SQRT_8_OVER_PI = (float) Math.sqrt(8 / Math.PI);

    /** Beyond it the tail of the normal distribution is below the smallest normal float. */
    private static final float LARGEST_TAIL = 14;

    private static final float SMALLEST_NORMAL_HALF = 0x1p-14f;

    private static final ElementFunction SILU = ActivationFunctions::silu;
    private static final ElementFunction GELU = ActivationFunctions::gelu;
    private static final ElementFunction GELU_TANH = ActivationFunctions::geluTanh;
    private static final ElementFunction GELU_TANH_HALF = ActivationFunctions::geluTanhHalf;
    private static final ElementFunction GELU_QUICK = ActivationFunctions::geluQuick;
    private static final ElementFunction RELU = ActivationFunctions::relu;
    private static final ElementFunction RELU_SQUARED = ActivationFunctions::reluSquared;

    private ActivationFunctions() {}

    /** The vectors of an activation. */
    public static ElementFunction of(Activation activation) {
        return switch (activation) {
            case SILU -> SILU;
            case GELU -> GELU;
            case GELU_TANH -> GELU_TANH;
            case GELU_TANH_HALF -> GELU_TANH_HALF;
            case GELU_QUICK -> GELU_QUICK;
            case RELU -> RELU;
            case RELU_SQUARED -> RELU_SQUARED;
        };
    }

    private static void silu(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            v.div(VectorExp.exp(v.neg()).add(1f)).intoArray(x, i);
        }
    }

    /**
     * x Phi(x) = max(0, x) - |x| Q(|x|), where the upper tail Q(t) is exp(-t²/2) times a smooth
     * function. That one is a quotient of polynomials whose coefficients are all positive, so
     * nothing cancels and the far negative side keeps its digits; the fit to [0, 14] has a relative
     * error of 6e-9. What rounding t² loses is made good to first order.
     */
    private static void gelu(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            FloatVector t = v.abs();
            t = t.blend(LARGEST_TAIL, t.compare(VectorOperators.GT, LARGEST_TAIL));
            FloatVector square = t.mul(t);
            FloatVector lost = t.fma(t, square.neg());
            FloatVector exp = VectorExp.exp(square.mul(-0.5f));
            FloatVector above =
                    FloatVector.broadcast(F, 4.077578523e-3f)
                            .fma(t, FloatVector.broadcast(F, 4.037234958e-2f))
                            .fma(t, FloatVector.broadcast(F, 1.824612345e-1f))
                            .fma(t, FloatVector.broadcast(F, 4.372501213e-1f))
                            .fma(t, FloatVector.broadcast(F, 5.000000028e-1f));
            FloatVector below =
                    FloatVector.broadcast(F, 1.022084486e-2f)
                            .fma(t, FloatVector.broadcast(F, 1.012052831e-1f))
                            .fma(t, FloatVector.broadcast(F, 4.674275238e-1f))
                            .fma(t, FloatVector.broadcast(F, 1.199288280f))
                            .fma(t, FloatVector.broadcast(F, 1.672385198f))
                            .fma(t, FloatVector.broadcast(F, 1f));
            FloatVector corrected = exp.mul(lost).fma(FloatVector.broadcast(F, -0.5f), exp);
            FloatVector tail = corrected.mul(above).div(below).mul(t);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).sub(tail).intoArray(x, i);
        }
    }

    /** 1 + tanh(y) = 2 / (1 + exp(-2y)). */
    private static void geluTanh(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            FloatVector cubic = v.mul(v).mul(0.044715f).fma(v, v);
            v.div(VectorExp.exp(cubic.mul(-SQRT_8_OVER_PI)).add(1f)).intoArray(x, i);
        }
    }

    /** In three small loops: a large one would box its vectors. */
    private static void geluTanhHalf(float[] x, int count) {
        roundToHalves(x, count);
        geluTanh(x, count);
        roundToHalves(x, count);
    }

    /** Magnitudes above 10 stay: there the function is x or 0 as it is. */
    private static void roundToHalves(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            roundToHalf(v).blend(v, v.abs().compare(VectorOperators.GT, 10f)).intoArray(x, i);
        }
    }

    /**
     * To the nearest half, ties to even, for magnitudes below 2^15; NaN stays NaN. Normal halves
     * keep ten bits of the fraction; below 2^-14 halves are 2^-24 apart, which adding 1/2 rounds
     * to.
     */
    private static FloatVector roundToHalf(FloatVector v) {
        IntVector bits = v.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 13).and(1);
        FloatVector normal = bits.add(odd).add(0xFFF).and(~0x1FFF).reinterpretAsFloats();
        FloatVector magnitude = v.abs();
        FloatVector small = magnitude.add(0.5f).sub(0.5f);
        FloatVector signed = small.blend(small.neg(), v.compare(VectorOperators.LT, 0f));
        FloatVector rounded =
                normal.blend(signed, magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL_HALF));
        return rounded.blend(v, v.compare(VectorOperators.NE, v));
    }

    private static void geluQuick(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            v.div(VectorExp.exp(v.mul(-1.702f)).add(1f)).intoArray(x, i);
        }
    }

    private static void relu(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(x, i);
        }
    }

    private static void reluSquared(float[] x, int count) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            FloatVector positive = v.blend(0f, v.compare(VectorOperators.LT, 0f));
            positive.mul(positive).intoArray(x, i);
        }
    }
}
