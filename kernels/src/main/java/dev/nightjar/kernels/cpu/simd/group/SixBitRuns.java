package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.layout.SixBitQuads;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link NibbleRuns} of codes of six bits that have been turned into {@link SixBitQuads}. */
public final class SixBitRuns {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int RUNS = RunPlan.COUNT / RunPlan.RUN;

    private SixBitRuns() {}

    /**
     * Decodes the 16 runs of a super-block into {@code panel [256, ROWS]} from {@code to} on.
     *
     * @param words offset of the first word of scales
     */
    static void unpack(MemorySegment data, long words, GroupScratch scratch, int to) {
        SixBitQuads.read(data, words, scratch.quads);
        MemorySegment panel = scratch.panel;
        for (int lane = 0; lane < ROWS; lane += L) {
            int p = to + lane;
            int from = lane;
            for (int run = 0; run < RUNS; run++) {
                int at = 2 * ROWS * run + lane;
                FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
                FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS);
                int last = from + 4 * ROWS;
                for (; from < last; from += ROWS, p += 4 * ROWS) {
                    IntVector v = IntVector.fromArray(I, scratch.quads, from);
                    ((FloatVector) v.and(63).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * p, LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 6).and(63).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 12).and(63).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + 2 * ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHR, 18).and(63).convert(I2F, 0))
                            .fma(d, m)
                            .intoMemorySegment(panel, 4L * (p + 3 * ROWS), LITTLE_ENDIAN);
                }
            }
        }
    }

    /**
     * Adds the products of the 16 runs of a super-block to the sums of a group.
     *
     * @param side 0 or 1, the group whose sums and scales they are
     */
    static void dot(
            MemorySegment data, long words, GroupScratch scratch, int side, float[] x, int k) {
        SixBitQuads.read(data, words, scratch.quads);
        int sum = side * ROWS;
        FloatVector a = FloatVector.fromArray(F, scratch.sums, sum);
        FloatVector b = FloatVector.fromArray(F, scratch.sums, sum + L);
        int from = 0;
        for (int run = 0; run < RUNS; run++) {
            int at = 2 * ROWS * run + side * GroupScratch.SCALES;
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector n = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            int last = from + 4 * ROWS;
            for (; from < last; from += ROWS, k += 4) {
                IntVector v = IntVector.fromArray(I, scratch.quads, from);
                IntVector w = IntVector.fromArray(I, scratch.quads, from + L);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a = ((FloatVector) v.and(63).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.and(63).convert(I2F, 0)).fma(e, n).fma(y, b);
                y = FloatVector.broadcast(F, x[k + 1]);
                a = ((FloatVector) v.lanewise(LSHR, 6).and(63).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.lanewise(LSHR, 6).and(63).convert(I2F, 0)).fma(e, n).fma(y, b);
                y = FloatVector.broadcast(F, x[k + 2]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 12).and(63).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 12).and(63).convert(I2F, 0))
                                .fma(e, n)
                                .fma(y, b);
                y = FloatVector.broadcast(F, x[k + 3]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 18).and(63).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 18).and(63).convert(I2F, 0))
                                .fma(e, n)
                                .fma(y, b);
            }
        }
        a.intoArray(scratch.sums, sum);
        b.intoArray(scratch.sums, sum + L);
    }
}
