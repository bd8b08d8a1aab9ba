package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over a run of elements: four accumulators, reduced in fixed order, then the elements behind
 * the last whole vectors one by one.
 */
public final class RowSums {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int ACCUMULATORS = 4;

    /** Floats of scratch memory that a sum needs. */
    static final int SCRATCH = ACCUMULATORS * F.length() + ACCUMULATORS;

    private RowSums() {}

    /** Sum of x. */
    static float sum(float[] x, int start, int count, float[] scratch) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        int c = 0;
        for (; c <= count - 4 * F.length(); c += 4 * F.length()) {
            a0 = a0.add(FloatVector.fromArray(F, x, start + c));
            a1 = a1.add(FloatVector.fromArray(F, x, start + c + F.length()));
            a2 = a2.add(FloatVector.fromArray(F, x, start + c + 2 * F.length()));
            a3 = a3.add(FloatVector.fromArray(F, x, start + c + 3 * F.length()));
        }
        a0.intoArray(scratch, 0);
        a1.intoArray(scratch, F.length());
        a2.intoArray(scratch, 2 * F.length());
        a3.intoArray(scratch, 3 * F.length());
        float sum = joined(scratch);
        for (; c < count; c++) {
            sum += x[start + c];
        }
        return sum;
    }

    /** Sum of (x - center)². */
    static float sumOfSquares(float[] x, int start, int count, float center, float[] scratch) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        int c = 0;
        for (; c <= count - 4 * F.length(); c += 4 * F.length()) {
            FloatVector v0 = FloatVector.fromArray(F, x, start + c).sub(center);
            FloatVector v1 = FloatVector.fromArray(F, x, start + c + F.length()).sub(center);
            FloatVector v2 = FloatVector.fromArray(F, x, start + c + 2 * F.length()).sub(center);
            FloatVector v3 = FloatVector.fromArray(F, x, start + c + 3 * F.length()).sub(center);
            a0 = v0.fma(v0, a0);
            a1 = v1.fma(v1, a1);
            a2 = v2.fma(v2, a2);
            a3 = v3.fma(v3, a3);
        }
        a0.intoArray(scratch, 0);
        a1.intoArray(scratch, F.length());
        a2.intoArray(scratch, 2 * F.length());
        a3.intoArray(scratch, 3 * F.length());
        float sum = joined(scratch);
        for (; c < count; c++) {
            float v = x[start + c] - center;
            sum = Math.fma(v, v, sum);
        }
        return sum;
    }

    private static float joined(float[] scratch) {
        int at = ACCUMULATORS * F.length();
        LaneSums.reduce(scratch, ACCUMULATORS, scratch, at);
        return (scratch[at] + scratch[at + 1]) + (scratch[at + 2] + scratch[at + 3]);
    }
}
