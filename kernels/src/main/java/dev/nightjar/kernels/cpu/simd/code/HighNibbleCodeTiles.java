package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link NibbleCodeTiles} for runs of 16 codes with two upper bits in a word of their own. */
public final class HighNibbleCodeTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROW_INTS = 2 * L;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int NIBBLE = 0x0f0f0f0f;
    private static final int UPPER = 0x03030303;
    private static final int MASK = 0x003f003f;

    private HighNibbleCodeTiles() {}

    /**
     * Adds the products of a run of 16 columns to sums {@code [size, ROWS]}.
     *
     * @param from offset of the first of four words, three words from each other
     * @param high bytes from a word to the one with its upper bits
     * @param shift 0 or 4, the nibbles that count
     * @param highShift where their upper bits are in each byte
     * @param x codes {@code [8, size]} of the run from {@code i} on
     * @param start where the sums of the run begin in x
     * @param scale where the block's factors are in x
     * @param row where the run's factors are in the scratch memory
     */
    static void run(
            int size,
            MemorySegment data,
            long from,
            long high,
            int shift,
            int highShift,
            QuantizedTiles x,
            int i,
            int start,
            int scale,
            int row,
            CodeScratch scratch,
            float[] sums,
            int at) {
        int[] starts = x.runStarts;
        if (size == 4) {
            block4(data, from, high, shift, highShift, x.codes, i, starts, start, scratch);
        } else {
            block8(data, from, high, shift, highShift, x.codes, i, starts, start, scratch);
        }
        NibbleCodeTiles.add(scratch, row, x, scale, size, sums, at);
    }

    private static void block4(
            MemorySegment data,
            long from,
            long high,
            int shift,
            int highShift,
            int[] x,
            int i,
            int[] starts,
            int s,
            CodeScratch scratch) {
        ShortVector a0 = IntVector.broadcast(I, starts[s + 0]).reinterpretAsShorts();
        ShortVector b0 = a0;
        ShortVector a1 = IntVector.broadcast(I, starts[s + 1]).reinterpretAsShorts();
        ShortVector b1 = a1;
        ShortVector a2 = IntVector.broadcast(I, starts[s + 2]).reinterpretAsShorts();
        ShortVector b2 = a2;
        ShortVector a3 = IntVector.broadcast(I, starts[s + 3]).reinterpretAsShorts();
        ShortVector b3 = a3;
        long last = from + 12 * GroupLayout.WORD_BYTES;
        for (; from < last; from += scratch.unitStep, i += 8) {
            IntVector q =
                    IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                            .lanewise(LSHR, shift)
                            .and(NIBBLE)
                            .or(
                                    IntVector.fromMemorySegment(I, data, from + high, LITTLE_ENDIAN)
                                            .lanewise(LSHR, highShift)
                                            .and(UPPER)
                                            .lanewise(LSHL, 4));
            IntVector r =
                    IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                            .lanewise(LSHR, shift)
                            .and(NIBBLE)
                            .or(
                                    IntVector.fromMemorySegment(
                                                    I, data, from + high + 4 * L, LITTLE_ENDIAN)
                                            .lanewise(LSHR, highShift)
                                            .and(UPPER)
                                            .lanewise(LSHL, 4));
            ShortVector v = q.and(MASK).reinterpretAsShorts();
            ShortVector w = r.and(MASK).reinterpretAsShorts();
            ShortVector y = IntVector.broadcast(I, x[i]).reinterpretAsShorts();
            a0 = v.mul(y).add(a0);
            b0 = w.mul(y).add(b0);
            y = IntVector.broadcast(I, x[i + 1]).reinterpretAsShorts();
            a1 = v.mul(y).add(a1);
            b1 = w.mul(y).add(b1);
            y = IntVector.broadcast(I, x[i + 2]).reinterpretAsShorts();
            a2 = v.mul(y).add(a2);
            b2 = w.mul(y).add(b2);
            y = IntVector.broadcast(I, x[i + 3]).reinterpretAsShorts();
            a3 = v.mul(y).add(a3);
            b3 = w.mul(y).add(b3);
            v = q.lanewise(LSHR, 8).and(MASK).reinterpretAsShorts();
            w = r.lanewise(LSHR, 8).and(MASK).reinterpretAsShorts();
            y = IntVector.broadcast(I, x[i + 4]).reinterpretAsShorts();
            a0 = v.mul(y).add(a0);
            b0 = w.mul(y).add(b0);
            y = IntVector.broadcast(I, x[i + 5]).reinterpretAsShorts();
            a1 = v.mul(y).add(a1);
            b1 = w.mul(y).add(b1);
            y = IntVector.broadcast(I, x[i + 6]).reinterpretAsShorts();
            a2 = v.mul(y).add(a2);
            b2 = w.mul(y).add(b2);
            y = IntVector.broadcast(I, x[i + 7]).reinterpretAsShorts();
            a3 = v.mul(y).add(a3);
            b3 = w.mul(y).add(b3);
        }
        a0.reinterpretAsInts().intoArray(scratch.sums, 0 * ROW_INTS);
        b0.reinterpretAsInts().intoArray(scratch.sums, 0 * ROW_INTS + L);
        a1.reinterpretAsInts().intoArray(scratch.sums, 1 * ROW_INTS);
        b1.reinterpretAsInts().intoArray(scratch.sums, 1 * ROW_INTS + L);
        a2.reinterpretAsInts().intoArray(scratch.sums, 2 * ROW_INTS);
        b2.reinterpretAsInts().intoArray(scratch.sums, 2 * ROW_INTS + L);
        a3.reinterpretAsInts().intoArray(scratch.sums, 3 * ROW_INTS);
        b3.reinterpretAsInts().intoArray(scratch.sums, 3 * ROW_INTS + L);
    }

    private static void block8(
            MemorySegment data,
            long from,
            long high,
            int shift,
            int highShift,
            int[] x,
            int i,
            int[] starts,
            int s,
            CodeScratch scratch) {
        ShortVector a0 = IntVector.broadcast(I, starts[s + 0]).reinterpretAsShorts();
        ShortVector b0 = a0;
        ShortVector a1 = IntVector.broadcast(I, starts[s + 1]).reinterpretAsShorts();
        ShortVector b1 = a1;
        ShortVector a2 = IntVector.broadcast(I, starts[s + 2]).reinterpretAsShorts();
        ShortVector b2 = a2;
        ShortVector a3 = IntVector.broadcast(I, starts[s + 3]).reinterpretAsShorts();
        ShortVector b3 = a3;
        ShortVector a4 = IntVector.broadcast(I, starts[s + 4]).reinterpretAsShorts();
        ShortVector b4 = a4;
        ShortVector a5 = IntVector.broadcast(I, starts[s + 5]).reinterpretAsShorts();
        ShortVector b5 = a5;
        ShortVector a6 = IntVector.broadcast(I, starts[s + 6]).reinterpretAsShorts();
        ShortVector b6 = a6;
        ShortVector a7 = IntVector.broadcast(I, starts[s + 7]).reinterpretAsShorts();
        ShortVector b7 = a7;
        long last = from + 12 * GroupLayout.WORD_BYTES;
        for (; from < last; from += scratch.unitStep, i += 16) {
            IntVector q =
                    IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                            .lanewise(LSHR, shift)
                            .and(NIBBLE)
                            .or(
                                    IntVector.fromMemorySegment(I, data, from + high, LITTLE_ENDIAN)
                                            .lanewise(LSHR, highShift)
                                            .and(UPPER)
                                            .lanewise(LSHL, 4));
            IntVector r =
                    IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                            .lanewise(LSHR, shift)
                            .and(NIBBLE)
                            .or(
                                    IntVector.fromMemorySegment(
                                                    I, data, from + high + 4 * L, LITTLE_ENDIAN)
                                            .lanewise(LSHR, highShift)
                                            .and(UPPER)
                                            .lanewise(LSHL, 4));
            ShortVector v = q.and(MASK).reinterpretAsShorts();
            ShortVector w = r.and(MASK).reinterpretAsShorts();
            ShortVector y = IntVector.broadcast(I, x[i]).reinterpretAsShorts();
            a0 = v.mul(y).add(a0);
            b0 = w.mul(y).add(b0);
            y = IntVector.broadcast(I, x[i + 1]).reinterpretAsShorts();
            a1 = v.mul(y).add(a1);
            b1 = w.mul(y).add(b1);
            y = IntVector.broadcast(I, x[i + 2]).reinterpretAsShorts();
            a2 = v.mul(y).add(a2);
            b2 = w.mul(y).add(b2);
            y = IntVector.broadcast(I, x[i + 3]).reinterpretAsShorts();
            a3 = v.mul(y).add(a3);
            b3 = w.mul(y).add(b3);
            y = IntVector.broadcast(I, x[i + 4]).reinterpretAsShorts();
            a4 = v.mul(y).add(a4);
            b4 = w.mul(y).add(b4);
            y = IntVector.broadcast(I, x[i + 5]).reinterpretAsShorts();
            a5 = v.mul(y).add(a5);
            b5 = w.mul(y).add(b5);
            y = IntVector.broadcast(I, x[i + 6]).reinterpretAsShorts();
            a6 = v.mul(y).add(a6);
            b6 = w.mul(y).add(b6);
            y = IntVector.broadcast(I, x[i + 7]).reinterpretAsShorts();
            a7 = v.mul(y).add(a7);
            b7 = w.mul(y).add(b7);
            v = q.lanewise(LSHR, 8).and(MASK).reinterpretAsShorts();
            w = r.lanewise(LSHR, 8).and(MASK).reinterpretAsShorts();
            y = IntVector.broadcast(I, x[i + 8]).reinterpretAsShorts();
            a0 = v.mul(y).add(a0);
            b0 = w.mul(y).add(b0);
            y = IntVector.broadcast(I, x[i + 9]).reinterpretAsShorts();
            a1 = v.mul(y).add(a1);
            b1 = w.mul(y).add(b1);
            y = IntVector.broadcast(I, x[i + 10]).reinterpretAsShorts();
            a2 = v.mul(y).add(a2);
            b2 = w.mul(y).add(b2);
            y = IntVector.broadcast(I, x[i + 11]).reinterpretAsShorts();
            a3 = v.mul(y).add(a3);
            b3 = w.mul(y).add(b3);
            y = IntVector.broadcast(I, x[i + 12]).reinterpretAsShorts();
            a4 = v.mul(y).add(a4);
            b4 = w.mul(y).add(b4);
            y = IntVector.broadcast(I, x[i + 13]).reinterpretAsShorts();
            a5 = v.mul(y).add(a5);
            b5 = w.mul(y).add(b5);
            y = IntVector.broadcast(I, x[i + 14]).reinterpretAsShorts();
            a6 = v.mul(y).add(a6);
            b6 = w.mul(y).add(b6);
            y = IntVector.broadcast(I, x[i + 15]).reinterpretAsShorts();
            a7 = v.mul(y).add(a7);
            b7 = w.mul(y).add(b7);
        }
        a0.reinterpretAsInts().intoArray(scratch.sums, 0 * ROW_INTS);
        b0.reinterpretAsInts().intoArray(scratch.sums, 0 * ROW_INTS + L);
        a1.reinterpretAsInts().intoArray(scratch.sums, 1 * ROW_INTS);
        b1.reinterpretAsInts().intoArray(scratch.sums, 1 * ROW_INTS + L);
        a2.reinterpretAsInts().intoArray(scratch.sums, 2 * ROW_INTS);
        b2.reinterpretAsInts().intoArray(scratch.sums, 2 * ROW_INTS + L);
        a3.reinterpretAsInts().intoArray(scratch.sums, 3 * ROW_INTS);
        b3.reinterpretAsInts().intoArray(scratch.sums, 3 * ROW_INTS + L);
        a4.reinterpretAsInts().intoArray(scratch.sums, 4 * ROW_INTS);
        b4.reinterpretAsInts().intoArray(scratch.sums, 4 * ROW_INTS + L);
        a5.reinterpretAsInts().intoArray(scratch.sums, 5 * ROW_INTS);
        b5.reinterpretAsInts().intoArray(scratch.sums, 5 * ROW_INTS + L);
        a6.reinterpretAsInts().intoArray(scratch.sums, 6 * ROW_INTS);
        b6.reinterpretAsInts().intoArray(scratch.sums, 6 * ROW_INTS + L);
        a7.reinterpretAsInts().intoArray(scratch.sums, 7 * ROW_INTS);
        b7.reinterpretAsInts().intoArray(scratch.sums, 7 * ROW_INTS + L);
    }
}
