package dev.nightjar.kernels.cpu.simd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials within about one unit in the last place: a power of two is split into an integer,
 * which goes straight into the exponent, and a rest of [-1/2, 1/2], which a polynomial of degree 6
 * covers. For small loops only: in large ones the compiler may stop inlining and box the vectors,
 * which is also why the polynomial stands here twice.
 */
public final class VectorExp {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    /**
     * Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the mantissa; with the bias
     * of the exponent in it, those bits need only be moved to their place.
     */
    public static final float ROUNDER = 0x1.8p23f + 127;

    private static final float LOG2_E = 1.44269504f;

    /** What the float above lacks of log2(e). */
    private static final float LOG2_E_REST = (float) (1.4426950408889634 - (double) LOG2_E);

    private VectorExp() {}

    /** 2^x for x &lt;= 127; 0 below -126, where results would be subnormal. */
    public static FloatVector exp2(FloatVector x) {
        FloatVector shifted = x.add(ROUNDER);
        FloatVector rest = x.sub(shifted.sub(ROUNDER));
        FloatVector p =
                FloatVector.broadcast(F, 1.535336188e-4f)
                        .fma(rest, FloatVector.broadcast(F, 1.339887440e-3f))
                        .fma(rest, FloatVector.broadcast(F, 9.618437357e-3f))
                        .fma(rest, FloatVector.broadcast(F, 5.550332471e-2f))
                        .fma(rest, FloatVector.broadcast(F, 2.402264791e-1f))
                        .fma(rest, FloatVector.broadcast(F, 6.931472028e-1f))
                        .fma(rest, FloatVector.broadcast(F, 1f));
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return p.mul(exponent.reinterpretAsFloats())
                .blend(0f, x.compare(VectorOperators.LT, -126f));
    }

    /** e^x; 0 below about -87.3, infinity above about 88. */
    public static FloatVector exp(FloatVector x) {
        FloatVector product = x.mul(LOG2_E);
        FloatVector error =
                x.fma(FloatVector.broadcast(F, LOG2_E), product.neg()).add(x.mul(LOG2_E_REST));
        FloatVector shifted = product.add(ROUNDER);
        FloatVector rest = product.sub(shifted.sub(ROUNDER)).add(error);
        FloatVector p =
                FloatVector.broadcast(F, 1.535336188e-4f)
                        .fma(rest, FloatVector.broadcast(F, 1.339887440e-3f))
                        .fma(rest, FloatVector.broadcast(F, 9.618437357e-3f))
                        .fma(rest, FloatVector.broadcast(F, 5.550332471e-2f))
                        .fma(rest, FloatVector.broadcast(F, 2.402264791e-1f))
                        .fma(rest, FloatVector.broadcast(F, 6.931472028e-1f))
                        .fma(rest, FloatVector.broadcast(F, 1f));
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return p.mul(exponent.reinterpretAsFloats())
                .blend(0f, product.compare(VectorOperators.LT, -126f))
                .blend(Float.POSITIVE_INFINITY, product.compare(VectorOperators.GT, 127f));
    }
}
