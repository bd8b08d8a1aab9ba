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

/** {@link NibbleRuns} times 4 or 8 rows of activations. */
public final class NibbleTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private NibbleTiles() {}

    /** A tile of {@code size} rows, 4 or 8; adds {@code runs} runs to {@code sums [size, ROWS]}. */
    static void tile(
            int size,
            MemorySegment data,
            long base,
            RunPlan plan,
            int runs,
            GroupScratch scratch,
            float[] x,
            int xStart,
            float[] sums,
            int at) {
        if (size == 4) {
            tile4(data, base, plan, runs, scratch, x, xStart, sums, at);
        } else {
            tile8(data, base, plan, runs, scratch, x, xStart, sums, at);
        }
    }

    private static void tile4(
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
            int at = plan.scale()[run];
            long from = base + plan.word()[run];
            long last = from + 4 * GroupLayout.WORD_BYTES;
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector f = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector g = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            for (; from < last; from += scratch.wordStep, k += 16) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
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

    private static void tile8(
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
        FloatVector a4 = FloatVector.fromArray(F, sums, to + 4 * ROWS);
        FloatVector b4 = FloatVector.fromArray(F, sums, to + 4 * ROWS + L);
        FloatVector a5 = FloatVector.fromArray(F, sums, to + 5 * ROWS);
        FloatVector b5 = FloatVector.fromArray(F, sums, to + 5 * ROWS + L);
        FloatVector a6 = FloatVector.fromArray(F, sums, to + 6 * ROWS);
        FloatVector b6 = FloatVector.fromArray(F, sums, to + 6 * ROWS + L);
        FloatVector a7 = FloatVector.fromArray(F, sums, to + 7 * ROWS);
        FloatVector b7 = FloatVector.fromArray(F, sums, to + 7 * ROWS + L);
        int k = xStart;
        for (int run = 0; run < runs; run++) {
            int shift = plan.shift()[run];
            int at = plan.scale()[run];
            long from = base + plan.word()[run];
            long last = from + 4 * GroupLayout.WORD_BYTES;
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + L);
            FloatVector f = FloatVector.fromArray(F, scratch.scales, at + ROWS);
            FloatVector g = FloatVector.fromArray(F, scratch.scales, at + ROWS + L);
            for (; from < last; from += scratch.wordStep, k += 32) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
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
                y = FloatVector.broadcast(F, x[k + 4]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 5]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 6]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 7]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p = ((FloatVector) v.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(e, g);
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
                y = FloatVector.broadcast(F, x[k + 12]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 13]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 14]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 15]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p = ((FloatVector) v.lanewise(LSHR, 16).and(255).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 16).and(255).convert(I2F, 0)).fma(e, g);
                y = FloatVector.broadcast(F, x[k + 16]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 17]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 18]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 19]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 20]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 21]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 22]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 23]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p = ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0)).fma(d, f);
                q = ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0)).fma(e, g);
                y = FloatVector.broadcast(F, x[k + 24]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 25]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 26]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 27]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 28]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 29]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 30]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 31]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
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
        a4.intoArray(sums, to + 4 * ROWS);
        b4.intoArray(sums, to + 4 * ROWS + L);
        a5.intoArray(sums, to + 5 * ROWS);
        b5.intoArray(sums, to + 5 * ROWS + L);
        a6.intoArray(sums, to + 6 * ROWS);
        b6.intoArray(sums, to + 6 * ROWS + L);
        a7.intoArray(sums, to + 7 * ROWS);
        b7.intoArray(sums, to + 7 * ROWS + L);
    }
}
