package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link HighNibbleRuns} times 4 rows of activations; 8 would need more registers than there are.
 */
public final class HighNibbleTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private HighNibbleTiles() {}

    /** Adds {@code runs} runs to {@code sums [4, ROWS]}. */
    static void tile(
            MemorySegment data,
            long base,
            RunPlan plan,
            int runs,
            GroupScratch scratch,
            float[] x,
            int xStart,
            float[] sums,
            int to) {
        FloatVector a0 = FloatVector.fromArray(F, sums, to);
        FloatVector b0 = FloatVector.fromArray(F, sums, to + L);
        FloatVector a1 = FloatVector.fromArray(F, sums, to + 1 * ROWS);
        FloatVector b1 = FloatVector.fromArray(F, sums, to + 1 * ROWS + L);
        FloatVector a2 = FloatVector.fromArray(F, sums, to + 2 * ROWS);
        FloatVector b2 = FloatVector.fromArray(F, sums, to + 2 * ROWS + L);
        FloatVector a3 = FloatVector.fromArray(F, sums, to + 3 * ROWS);
        FloatVector b3 = FloatVector.fromArray(F, sums, to + 3 * ROWS + L);
        int k = xStart;
        for (int run = 0; run < runs; run++) {
            int shift = plan.shift()[run];
            int highShift = plan.highShift()[run];
            long more = plan.high()[run] - plan.word()[run];
            int at = plan.scale()[run];
            long from = base + plan.word()[run];
            int step = plan.step()[run];
            long last = from + 4 * step;
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector f = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector g = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            for (; from < last; from += step, k += 16) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(plan.highMask())
                                                .lanewise(LSHL, 4));
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(plan.highMask())
                                                .lanewise(LSHL, 4));
                FloatVector p = ((FloatVector) v.and(255).convert(I2F, 0)).fma(d, f);
                FloatVector q = ((FloatVector) w.and(255).convert(I2F, 0)).fma(e, g);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 1]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 2]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 3]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p = ((FloatVector) v.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(e, g);
                y = FloatVector.broadcast(F, x[k + 4]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 5]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 6]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 7]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p = ((FloatVector) v.lanewise(LSHR, 16).and(255).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 16).and(255).convert(I2F, 0)).fma(e, g);
                y = FloatVector.broadcast(F, x[k + 8]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 9]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 10]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 11]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p = ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0)).fma(e, g);
                y = FloatVector.broadcast(F, x[k + 12]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 13]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 14]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 15]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
            }
        }
        a0.intoArray(sums, to);
        b0.intoArray(sums, to + L);
        a1.intoArray(sums, to + 1 * ROWS);
        b1.intoArray(sums, to + 1 * ROWS + L);
        a2.intoArray(sums, to + 2 * ROWS);
        b2.intoArray(sums, to + 2 * ROWS + L);
        a3.intoArray(sums, to + 3 * ROWS);
        b3.intoArray(sums, to + 3 * ROWS + L);
    }
}
