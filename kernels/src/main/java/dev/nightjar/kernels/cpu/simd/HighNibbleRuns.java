package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link NibbleRuns} of codes that have one or two upper bits elsewhere, as words of equal shape.
 */
final class HighNibbleRuns {

    /** Weights of a run. */
    static final int RUN = 16;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private HighNibbleRuns() {}

    /**
     * Decodes a run.
     *
     * @param word byte offset of the first of four words
     * @param shift 0 or 4, the lower or upper nibble of each byte
     * @param high byte offset of the word with the upper bits of the first four codes
     * @param highShift where they are in each byte
     * @param highMask 1 or 3 in each byte
     * @param scratch holds factors from {@code at} on, offsets of the rows behind them
     * @param panel receives {@code [16, 32]} from {@code to} on
     */
    static void unpack(
            MemorySegment data,
            long word,
            int shift,
            long high,
            int highShift,
            int highMask,
            GroupScratch scratch,
            int at,
            float[] panel,
            int to) {
        long more = high - word;
        for (int lane = 0; lane < ROWS; lane += L) {
            FloatVector d = FloatVector.fromArray(F, scratch.scales, at + lane);
            FloatVector m = FloatVector.fromArray(F, scratch.scales, at + ROWS + lane);
            long from = word + 4 * lane;
            long last = from + 4 * GroupLayout.WORD_BYTES;
            for (int p = to + lane; from < last; from += scratch.wordStep, p += 4 * ROWS) {
                IntVector v =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(highMask)
                                                .lanewise(LSHL, 4));
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
            long high,
            int highShift,
            int highMask,
            GroupScratch scratch,
            int at,
            float[] x,
            int xStart,
            float[] sums) {
        long more = high - word;
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
                                .and(0x0f0f0f0f)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(highMask)
                                                .lanewise(LSHL, 4));
                IntVector w =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift)
                                .and(0x0f0f0f0f)
                                .or(
                                        IntVector.fromMemorySegment(
                                                        I, data, from + more + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHR, highShift)
                                                .and(highMask)
                                                .lanewise(LSHL, 4));
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
