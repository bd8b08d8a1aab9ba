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

/** {@link NibbleRuns} of codes with upper bits elsewhere. */
public final class HighNibbleRuns {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private HighNibbleRuns() {}

    /** Decodes {@code runs} runs into {@code panel [16 * runs, ROWS]} from {@code to} on. */
    static void unpack(
            MemorySegment data, long base, RunPlan plan, int runs, GroupScratch scratch, int to) {
        MemorySegment panel = scratch.panel;
        for (int lane = 0; lane < ROWS; lane += L) {
            int p = to + lane;
            for (int run = 0; run < runs; run++) {
                int shift = plan.shift()[run];
                int highShift = plan.highShift()[run];
                long more = plan.high()[run] - plan.word()[run];
                int at = plan.scale()[run] + lane;
                long from = base + plan.word()[run] + 4 * lane;
                int step = plan.step()[run];
                long last = from + 4 * step;
                FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
                FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS);
                for (; from < last; from += step, p += 4 * ROWS) {
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
                    ((FloatVector) v.and(255).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * p, LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + 1 * ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + 2 * ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + 3 * ROWS), LITTLE_ENDIAN);
                }
            }
        }
    }

    /**
     * Adds the products of {@code runs} runs of two groups with activations to the scratch memory's
     * sums; one group after the other, because with both at once the compiler, now and then, gives
     * up on vectors.
     */
    static void dot(
            MemorySegment data,
            long first,
            long second,
            RunPlan plan,
            int runs,
            GroupScratch scratch,
            float[] x,
            int xStart) {
        dotLanes(data, first, plan, runs, scratch, 0, x, xStart);
        if (second != first) {
            dotLanes(data, second, plan, runs, scratch, 1, x, xStart);
        }
    }

    /** Products of {@code 2 * L} rows of one group, {@code side} 0 or 1. */
    private static void dotLanes(
            MemorySegment data,
            long base,
            RunPlan plan,
            int runs,
            GroupScratch scratch,
            int side,
            float[] x,
            int xStart) {
        IntVector nibble = IntVector.broadcast(I, 0x0f0f0f0f);
        IntVector upper = IntVector.broadcast(I, plan.highMask());
        IntVector code = IntVector.broadcast(I, 255);
        int sum = side * ROWS;
        FloatVector a = FloatVector.fromArray(F, scratch.sums, sum);
        FloatVector b = FloatVector.fromArray(F, scratch.sums, sum + L);
        int k = xStart;
        for (int run = 0; run < runs; run++) {
            int shift = plan.shift()[run];
            int highShift = plan.highShift()[run];
            long more = plan.high()[run] - plan.word()[run];
            int at = plan.scale()[run] + side * GroupScratch.SCALES;
            long from = base + plan.word()[run];
            int step = plan.step()[run];
            long last = from + 4 * step;
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector o = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            for (; from < last; from += step, k += 4) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(nibble)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(upper)
                                                .lanewise(LSHL, 4));
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(nibble)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(upper)
                                                .lanewise(LSHL, 4));
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a = ((FloatVector) v.and(code).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.and(code).convert(I2F, 0)).fma(e, o).fma(y, b);
                y = FloatVector.broadcast(F, x[k + 1]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 8).and(code).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 8).and(code).convert(I2F, 0))
                                .fma(e, o)
                                .fma(y, b);
                y = FloatVector.broadcast(F, x[k + 2]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 16).and(code).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 16).and(code).convert(I2F, 0))
                                .fma(e, o)
                                .fma(y, b);
                y = FloatVector.broadcast(F, x[k + 3]);
                a = ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0)).fma(e, o).fma(y, b);
            }
        }
        a.intoArray(scratch.sums, sum);
        b.intoArray(scratch.sums, sum + L);
    }
}
