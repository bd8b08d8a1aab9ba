package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Runs of nibbles. A weight is {@code code * factor + offset}, rounded once. */
public final class NibbleRuns {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private NibbleRuns() {}

    /** Decodes {@code runs} runs into {@code panel [16 * runs, ROWS]} from {@code to} on. */
    static void unpack(
            MemorySegment data, long base, RunPlan plan, int runs, GroupScratch scratch, int to) {
        MemorySegment panel = scratch.panel;
        for (int lane = 0; lane < ROWS; lane += L) {
            int p = to + lane;
            for (int run = 0; run < runs; run++) {
                int shift = plan.shift()[run];
                int at = plan.scale()[run] + lane;
                long from = base + plan.word()[run] + 4 * lane;
                long last = from + 4 * GroupLayout.WORD_BYTES;
                FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
                FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS);
                for (; from < last; from += scratch.wordStep, p += 4 * ROWS) {
                    IntVector v =
                            IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                    .lanewise(LSHR, shift)
                                    .and(0x0f0f0f0f);
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
     * sums. Each product is one chain, so that two groups at once keep the processor busy.
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
        long apart = second - first;
        FloatVector a0 = FloatVector.fromArray(F, scratch.sums, 0);
        FloatVector a1 = FloatVector.fromArray(F, scratch.sums, L);
        FloatVector a2 = FloatVector.fromArray(F, scratch.sums, ROWS);
        FloatVector a3 = FloatVector.fromArray(F, scratch.sums, ROWS + L);
        int k = xStart;
        for (int run = 0; run < runs; run++) {
            int shift = plan.shift()[run];
            int at = plan.scale()[run];
            int to = at + GroupScratch.SCALES;
            long from = first + plan.word()[run];
            long last = from + 4 * GroupLayout.WORD_BYTES;
            FloatVector d0 = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector d1 = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector m0 = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector m1 = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            FloatVector d2 = FloatVector.fromArray(F, scratch.scales, to);
            FloatVector d3 = FloatVector.fromArray(F, scratch.scales, to + L);
            FloatVector m2 = FloatVector.fromArray(F, scratch.scales, to + ROWS);
            FloatVector m3 = FloatVector.fromArray(F, scratch.scales, to + ROWS + L);
            for (; from < last; from += scratch.wordStep, k += 4) {
                long next = from + apart;
                IntVector v0 =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector v1 =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector v2 =
                        IntVector.fromMemorySegment(I, data, next, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector v3 =
                        IntVector.fromMemorySegment(I, data, next + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a0 = ((FloatVector) v0.and(255).convert(I2F, 0)).fma(d0, m0).fma(y, a0);
                a1 = ((FloatVector) v1.and(255).convert(I2F, 0)).fma(d1, m1).fma(y, a1);
                a2 = ((FloatVector) v2.and(255).convert(I2F, 0)).fma(d2, m2).fma(y, a2);
                a3 = ((FloatVector) v3.and(255).convert(I2F, 0)).fma(d3, m3).fma(y, a3);
                y = FloatVector.broadcast(F, x[k + 1]);
                a0 =
                        ((FloatVector) v0.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(d0, m0)
                                .fma(y, a0);
                a1 =
                        ((FloatVector) v1.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(d1, m1)
                                .fma(y, a1);
                a2 =
                        ((FloatVector) v2.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(d2, m2)
                                .fma(y, a2);
                a3 =
                        ((FloatVector) v3.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(d3, m3)
                                .fma(y, a3);
                y = FloatVector.broadcast(F, x[k + 2]);
                a0 =
                        ((FloatVector) v0.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(d0, m0)
                                .fma(y, a0);
                a1 =
                        ((FloatVector) v1.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(d1, m1)
                                .fma(y, a1);
                a2 =
                        ((FloatVector) v2.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(d2, m2)
                                .fma(y, a2);
                a3 =
                        ((FloatVector) v3.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(d3, m3)
                                .fma(y, a3);
                y = FloatVector.broadcast(F, x[k + 3]);
                a0 = ((FloatVector) v0.lanewise(LSHR, 24).convert(I2F, 0)).fma(d0, m0).fma(y, a0);
                a1 = ((FloatVector) v1.lanewise(LSHR, 24).convert(I2F, 0)).fma(d1, m1).fma(y, a1);
                a2 = ((FloatVector) v2.lanewise(LSHR, 24).convert(I2F, 0)).fma(d2, m2).fma(y, a2);
                a3 = ((FloatVector) v3.lanewise(LSHR, 24).convert(I2F, 0)).fma(d3, m3).fma(y, a3);
            }
        }
        a0.intoArray(scratch.sums, 0);
        a1.intoArray(scratch.sums, L);
        a2.intoArray(scratch.sums, ROWS);
        a3.intoArray(scratch.sums, ROWS + L);
    }
}
