package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of attention in both directions: six rows of queries or weights times a group of
 * keys or of elements of values. Rows lie a constant apart, so that one register holds the address
 * of all six. Panels are arrays: the checks of a segment cost as much as a tile of 32 columns.
 * Branches that are never taken keep the compiler from spilling sums, see {@link
 * dev.nightjar.kernels.cpu.simd.group.GroupTiles}.
 */
public final class SelfTiles {

    /** Rows of a tile. */
    static final int ROWS = 6;

    /** Keys, or elements of values, that lie side by side. */
    static final int GROUP = 2 * VectorShapes.LANES;

    /** Most columns of a tile. */
    static final int MOST = 256;

    /** From a row of queries or weights to the next one; no power of two, to spread over caches. */
    static final int STRIDE = MOST + 16;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    /** Columns that no panel has; in an array, so that the compiler does not know them. */
    private static final int[] NEVER = {-1, -2};

    private SelfTiles() {}

    /**
     * sums [6, GROUP] = x [6, count] · panel [count, GROUP], each a chain over ascending columns.
     *
     * @param step from a row of sums to the next one
     */
    static void multiply(
            float[] panel,
            int start,
            int count,
            float[] x,
            int first,
            float[] sums,
            int at,
            int step) {
        int never = NEVER[0];
        int neverEither = NEVER[1];
        FloatVector a0 = FloatVector.zero(F);
        FloatVector b0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector b1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector b2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        FloatVector b3 = FloatVector.zero(F);
        FloatVector a4 = FloatVector.zero(F);
        FloatVector b4 = FloatVector.zero(F);
        FloatVector a5 = FloatVector.zero(F);
        FloatVector b5 = FloatVector.zero(F);
        for (int k = 0; k < count; k++) {
            int i = first + k;
            FloatVector v = FloatVector.fromArray(F, panel, start + k * GROUP);
            FloatVector w = FloatVector.fromArray(F, panel, start + k * GROUP + L);
            FloatVector y = FloatVector.broadcast(F, x[i]);
            a0 = v.fma(y, a0);
            b0 = w.fma(y, b0);
            y = FloatVector.broadcast(F, x[i + STRIDE]);
            a1 = v.fma(y, a1);
            b1 = w.fma(y, b1);
            if (k == never) {
                break;
            }
            y = FloatVector.broadcast(F, x[i + 2 * STRIDE]);
            a2 = v.fma(y, a2);
            b2 = w.fma(y, b2);
            y = FloatVector.broadcast(F, x[i + 3 * STRIDE]);
            a3 = v.fma(y, a3);
            b3 = w.fma(y, b3);
            if (k == neverEither) {
                break;
            }
            y = FloatVector.broadcast(F, x[i + 4 * STRIDE]);
            a4 = v.fma(y, a4);
            b4 = w.fma(y, b4);
            y = FloatVector.broadcast(F, x[i + 5 * STRIDE]);
            a5 = v.fma(y, a5);
            b5 = w.fma(y, b5);
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + L);
        a1.intoArray(sums, at + 1 * step);
        b1.intoArray(sums, at + 1 * step + L);
        a2.intoArray(sums, at + 2 * step);
        b2.intoArray(sums, at + 2 * step + L);
        a3.intoArray(sums, at + 3 * step);
        b3.intoArray(sums, at + 3 * step + L);
        a4.intoArray(sums, at + 4 * step);
        b4.intoArray(sums, at + 4 * step + L);
        a5.intoArray(sums, at + 5 * step);
        b5.intoArray(sums, at + 5 * step + L);
    }
}
