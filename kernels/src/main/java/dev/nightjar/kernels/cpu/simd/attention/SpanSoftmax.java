package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.vector.VectorExp;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Scores of one row over one span, in powers of two, to weights relative to the largest. */
public final class SpanSoftmax {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    private SpanSoftmax() {}

    /**
     * Largest of {@code count} scores, whole vectors. Comparing and blending is faster than max,
     * which orders NaN and zeros.
     */
    static float max(float[] s, int start, int count) {
        FloatVector m = FloatVector.fromArray(F, s, start);
        for (int p = start + L; p < start + count; p += L) {
            FloatVector v = FloatVector.fromArray(F, s, p);
            m = m.blend(v, v.compare(VectorOperators.GT, m));
        }
        return m.reduceLanes(VectorOperators.MAX);
    }

    /**
     * Replaces scores by weights times {@code factor}; the sums of the weights go to one vector of
     * {@code lanes}, token {@code t} to lane {@code t % L}. The power of two of {@link VectorExp}
     * stands here again: inside of a large method, the call would box its vectors.
     */
    static void weigh(
            float[] s, int start, int count, float max, float factor, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        FloatVector m = FloatVector.broadcast(F, max);
        FloatVector f = FloatVector.broadcast(F, factor);
        for (int p = start; p < start + count; p += L) {
            FloatVector x = FloatVector.fromArray(F, s, p).sub(m);
            FloatVector shifted = x.add(VectorExp.ROUNDER);
            FloatVector rest = x.sub(shifted.sub(VectorExp.ROUNDER));
            FloatVector y =
                    FloatVector.broadcast(F, 1.535336188e-4f)
                            .fma(rest, FloatVector.broadcast(F, 1.339887440e-3f))
                            .fma(rest, FloatVector.broadcast(F, 9.618437357e-3f))
                            .fma(rest, FloatVector.broadcast(F, 5.550332471e-2f))
                            .fma(rest, FloatVector.broadcast(F, 2.402264791e-1f))
                            .fma(rest, FloatVector.broadcast(F, 6.931472028e-1f))
                            .fma(rest, FloatVector.broadcast(F, 1f));
            IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector weight =
                    y.mul(exponent.reinterpretAsFloats())
                            .blend(0f, x.compare(VectorOperators.LT, -126f));
            weight.mul(f).intoArray(s, p);
            sum = sum.add(weight);
        }
        sum.intoArray(lanes, at);
    }
}
