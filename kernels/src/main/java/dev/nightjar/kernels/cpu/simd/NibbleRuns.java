package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Runs of 16 nibbles of each row of a group, four words of which either nibble of a byte counts:
 * the same work in all formats of 4 bits. A weight is {@code code * factor + offset}, rounded once.
 */
final class NibbleRuns {

    /** Weights of a run. */
    static final int RUN = 16;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private NibbleRuns() {}

    /**
     * Decodes a run.
     *
     * @param word byte offset of the first of four words
     * @param shift 0 or 4, the lower or upper nibble of each byte
     * @param scratch holds factors from {@code at} on, offsets of the rows behind them
     * @param panel receives {@code [16, 32]} from {@code to} on
     */
    static void unpack(
            MemorySegment data,
            long word,
            int shift,
            GroupScratch scratch,
            int at,
            float[] panel,
            int to) {
        for (int lane = 0; lane < ROWS; lane += L) {
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at + lane);
            FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS + lane);
            long from = word + 4 * lane;
            long last = from + 4 * GroupLayout.WORD_BYTES;
            for (int p = to + lane; from < last; from += scratch.wordStep, p += 4 * ROWS) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                ((FloatVector) v.and(255).convert(I2F, 0)).fma(d, m).intoArray(panel, p);
                ((FloatVector) v.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, p + 1 * ROWS);
                ((FloatVector) v.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, p + 2 * ROWS);
                ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, p + 3 * ROWS);
            }
        }
    }

    /**
     * Adds the products of a run to {@code sums [32]}; the other parameters are as in {@link
     * #unpack}.
     *
     * @param x holds 16 activations from {@code xStart} on
     */
    static void dot(
            MemorySegment data,
            long word,
            int shift,
            GroupScratch scratch,
            int at,
            float[] x,
            int xStart,
            float[] sums) {
        for (int lane = 0; lane < ROWS; lane += 2 * L) {
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at + lane);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, at + lane + L);
            FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS + lane);
            FloatVector n = FloatVector.fromArray(F, scratch.scales, at + ROWS + lane + L);
            FloatVector a = FloatVector.fromArray(F, sums, lane);
            FloatVector b = FloatVector.fromArray(F, sums, lane + L);
            long from = word + 4 * lane;
            long last = from + 4 * GroupLayout.WORD_BYTES;
            for (int k = xStart; from < last; from += scratch.wordStep, k += 4) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a = ((FloatVector) v.and(255).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.and(255).convert(I2F, 0)).fma(e, n).fma(y, b);
                y = FloatVector.broadcast(F, x[k + 1]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(e, n)
                                .fma(y, b);
                y = FloatVector.broadcast(F, x[k + 2]);
                a =
                        ((FloatVector) v.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(d, m)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                                .fma(e, n)
                                .fma(y, b);
                y = FloatVector.broadcast(F, x[k + 3]);
                a = ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0)).fma(d, m).fma(y, a);
                b = ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0)).fma(e, n).fma(y, b);
            }
            a.intoArray(sums, lane);
            b.intoArray(sums, lane + L);
        }
    }
}
