package dev.nightjar.kernels.cpu.simd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums the lanes of accumulators in a fixed order: halves are added until one lane is left. {@code
 * reduceLanes} leaves the order open, and results would change when the compiler takes over.
 */
public final class LaneSums {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);

    private LaneSums() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(F, lane -> (lane ^ distance) & (F.length() - 1));
    }

    /**
     * Reduces {@code count} stored accumulators.
     *
     * @param lanes {@code [count, lanes]}
     * @param sums receives {@code count} sums from {@code start} on
     */
    public static void reduce(float[] lanes, int count, float[] sums, int start) {
        for (int i = 0; i < count; i++) {
            FloatVector v = FloatVector.fromArray(F, lanes, i * F.length());
            if (F.length() >= 16) {
                v = v.add(v.rearrange(SWAP_8));
            }
            if (F.length() >= 8) {
                v = v.add(v.rearrange(SWAP_4));
            }
            v = v.add(v.rearrange(SWAP_2));
            v = v.add(v.rearrange(SWAP_1));
            sums[start + i] = v.lane(0);
        }
    }
}
