package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Words of nibbles times 4 or 8 rows of quantized activations, without a panel between: a lane of
 * 16 bits sums every other column of its row, and the two lanes of a row are added at the end of a
 * block.
 */
public final class NibbleCodeTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROW_INTS = 2 * L;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int MASK = 0x000f000f;

    private NibbleCodeTiles() {}

    /**
     * Adds the products of a block of 32 columns to sums {@code [size, ROWS]}. Its codes are in two
     * runs of four words each.
     *
     * @param from offset of the first run
     * @param next offset of the second run
     * @param shift 0 or 4, the nibbles of the first run
     * @param nextShift those of the second run
     * @param x codes {@code [16, size]} of the block from {@code i} on
     * @param scale where the block's factors are in x
     * @param row where the block's factors are in the scratch memory
     */
    static void block(
            int size,
            MemorySegment data,
            long from,
            long next,
            int shift,
            int nextShift,
            QuantizedTiles x,
            int i,
            int scale,
            int row,
            boolean bases,
            CodeScratch scratch,
            float[] sums,
            int at) {
        if (size == 4) {
            block4(data, from, next, shift, nextShift, x.codes, i, x.starts, scale, scratch);
        } else {
            block8(data, from, next, shift, nextShift, x.codes, i, x.starts, scale, scratch);
        }
        if (bases) {
            addWithBases(scratch, row, x, scale, size, sums, at);
        } else {
            add(scratch, row, x, scale, size, sums, at);
        }
    }

    /** Adds the two lanes of each row, scales and adds the sums of a block. */
    private static void add(
            CodeScratch scratch,
            int row,
            QuantizedTiles x,
            int scale,
            int size,
            float[] sums,
            int at) {
        FloatVector d = FloatVector.fromArray(F, scratch.factors, row);
        FloatVector e = FloatVector.fromArray(F, scratch.factors, row + L);
        for (int t = 0; t < size; t += 2, at += 2 * ROWS) {
            int from = t * ROW_INTS;
            IntVector p = IntVector.fromArray(I, scratch.sums, from);
            IntVector q = IntVector.fromArray(I, scratch.sums, from + L);
            IntVector r = IntVector.fromArray(I, scratch.sums, from + ROW_INTS);
            IntVector v = IntVector.fromArray(I, scratch.sums, from + ROW_INTS + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale + t]);
            FloatVector dy = FloatVector.broadcast(F, x.factors[scale + t + 1]);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            r = r.lanewise(LSHL, 16).lanewise(ASHR, 16).add(r.lanewise(ASHR, 16));
            v = v.lanewise(LSHL, 16).lanewise(ASHR, 16).add(v.lanewise(ASHR, 16));
            ((FloatVector) p.convert(I2F, 0))
                    .mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at))
                    .intoArray(sums, at);
            ((FloatVector) q.convert(I2F, 0))
                    .mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + L))
                    .intoArray(sums, at + L);
            ((FloatVector) r.convert(I2F, 0))
                    .mul(d)
                    .fma(dy, FloatVector.fromArray(F, sums, at + ROWS))
                    .intoArray(sums, at + ROWS);
            ((FloatVector) v.convert(I2F, 0))
                    .mul(e)
                    .fma(dy, FloatVector.fromArray(F, sums, at + ROWS + L))
                    .intoArray(sums, at + ROWS + L);
        }
    }

    /** The same, and what the centre of the codes stands for. */
    private static void addWithBases(
            CodeScratch scratch,
            int row,
            QuantizedTiles x,
            int scale,
            int size,
            float[] sums,
            int at) {
        FloatVector d = FloatVector.fromArray(F, scratch.factors, row);
        FloatVector e = FloatVector.fromArray(F, scratch.factors, row + L);
        FloatVector m = FloatVector.fromArray(F, scratch.bases, row);
        FloatVector o = FloatVector.fromArray(F, scratch.bases, row + L);
        for (int t = 0; t < size; t += 2, at += 2 * ROWS) {
            int from = t * ROW_INTS;
            IntVector p = IntVector.fromArray(I, scratch.sums, from);
            IntVector q = IntVector.fromArray(I, scratch.sums, from + L);
            IntVector r = IntVector.fromArray(I, scratch.sums, from + ROW_INTS);
            IntVector v = IntVector.fromArray(I, scratch.sums, from + ROW_INTS + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale + t]);
            FloatVector dy = FloatVector.broadcast(F, x.factors[scale + t + 1]);
            FloatVector sx = FloatVector.broadcast(F, x.totals[scale + t]);
            FloatVector sy = FloatVector.broadcast(F, x.totals[scale + t + 1]);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            r = r.lanewise(LSHL, 16).lanewise(ASHR, 16).add(r.lanewise(ASHR, 16));
            v = v.lanewise(LSHL, 16).lanewise(ASHR, 16).add(v.lanewise(ASHR, 16));
            ((FloatVector) p.convert(I2F, 0))
                    .mul(d)
                    .fma(dx, m.fma(sx, FloatVector.fromArray(F, sums, at)))
                    .intoArray(sums, at);
            ((FloatVector) q.convert(I2F, 0))
                    .mul(e)
                    .fma(dx, o.fma(sx, FloatVector.fromArray(F, sums, at + L)))
                    .intoArray(sums, at + L);
            ((FloatVector) r.convert(I2F, 0))
                    .mul(d)
                    .fma(dy, m.fma(sy, FloatVector.fromArray(F, sums, at + ROWS)))
                    .intoArray(sums, at + ROWS);
            ((FloatVector) v.convert(I2F, 0))
                    .mul(e)
                    .fma(dy, o.fma(sy, FloatVector.fromArray(F, sums, at + ROWS + L)))
                    .intoArray(sums, at + ROWS + L);
        }
    }

    private static void block4(
            MemorySegment data,
            long from,
            long next,
            int shift,
            int nextShift,
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
        for (int half = 0; half < 2; half++, from = next, shift = nextShift) {
            long last = from + 4 * GroupLayout.WORD_BYTES;
            for (; from < last; from += scratch.wordStep, i += 8) {
                IntVector q =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift);
                IntVector r =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift);
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
            long next,
            int shift,
            int nextShift,
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
        for (int half = 0; half < 2; half++, from = next, shift = nextShift) {
            long last = from + 4 * GroupLayout.WORD_BYTES;
            for (; from < last; from += scratch.wordStep, i += 16) {
                IntVector q =
                        IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift);
                IntVector r =
                        IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, shift);
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
