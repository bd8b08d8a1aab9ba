package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Words of nibbles times 4 or 8 rows of quantized activations, without a panel between: a lane of
 * 16 bits sums every other column of its row, and the two lanes of a row are added when some blocks
 * are done.
 */
public final class NibbleCodeTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int MASK = 0x000f000f;

    private NibbleCodeTiles() {}

    /**
     * The sums of a block of 32 columns, as number {@code block} of the scratch memory. Its codes
     * are in four words, lower nibbles first.
     *
     * @param words offset of the first word
     * @param x codes {@code [16, size]} of the block from {@code i} on
     * @param scale where the block's starts are in x
     */
    static void block(
            int size,
            MemorySegment data,
            long words,
            QuantizedTiles x,
            int i,
            int scale,
            CodeScratch scratch,
            int block) {
        int to = block * size * ROWS;
        if (size == 4) {
            block4(data, words, x.codes, i, x.starts, scale, scratch, to);
        } else {
            block8(data, words, x.codes, i, x.starts, scale, scratch, to);
        }
    }

    /** Scales and adds the sums of some blocks of one row of activations. */
    static void add(
            CodeScratch scratch,
            int blocks,
            QuantizedTiles x,
            int scale,
            int size,
            int t,
            float[] sums,
            int at) {
        int[] products = scratch.sums;
        float[] factors = scratch.factors;
        FloatVector s0 = FloatVector.fromArray(F, sums, at);
        FloatVector s1 = FloatVector.fromArray(F, sums, at + L);
        for (int b = 0; b < blocks; b++) {
            int from = (t + b * size) * ROWS;
            IntVector p = IntVector.fromArray(I, products, from);
            IntVector q = IntVector.fromArray(I, products, from + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale + b * size]);
            s0 =
                    ((FloatVector) p.lanewise(LSHL, 16).add(p).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, b * ROWS))
                            .fma(dx, s0);
            s1 =
                    ((FloatVector) q.lanewise(LSHL, 16).add(q).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, b * ROWS + L))
                            .fma(dx, s1);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + L);
    }

    /** The same for the blocks of a super-block that have minima. */
    static void addWithMinima(
            CodeScratch scratch,
            QuantizedTiles x,
            int scale,
            int size,
            int t,
            float[] sums,
            int at) {
        int[] products = scratch.sums;
        float[] factors = scratch.factors;
        float[] minima = scratch.minima;
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = t0;
        FloatVector m0 = t0;
        FloatVector m1 = t0;
        for (int b = 0; b < RunPlan.COUNT / CodeScratch.BLOCK; b++) {
            int from = (t + b * size) * ROWS;
            int i = scale + b * size;
            IntVector p = IntVector.fromArray(I, products, from);
            IntVector q = IntVector.fromArray(I, products, from + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[i]);
            FloatVector sx = FloatVector.broadcast(F, x.totals[i]);
            IntVector centre = IntVector.broadcast(I, x.centres[i]);
            p = p.lanewise(LSHL, 16).add(p).lanewise(ASHR, 16).add(centre);
            q = q.lanewise(LSHL, 16).add(q).lanewise(ASHR, 16).add(centre);
            t0 =
                    ((FloatVector) p.convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, b * ROWS))
                            .fma(dx, t0);
            t1 =
                    ((FloatVector) q.convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, b * ROWS + L))
                            .fma(dx, t1);
            m0 = FloatVector.fromArray(F, minima, b * ROWS).fma(sx, m0);
            m1 = FloatVector.fromArray(F, minima, b * ROWS + L).fma(sx, m1);
        }
        FloatVector sum = FloatVector.fromArray(F, sums, at);
        sum = m0.fma(FloatVector.fromArray(F, scratch.offsets, 0).neg(), sum);
        t0.fma(FloatVector.fromArray(F, scratch.halves, 0), sum).intoArray(sums, at);
        sum = FloatVector.fromArray(F, sums, at + L);
        sum = m1.fma(FloatVector.fromArray(F, scratch.offsets, L).neg(), sum);
        t1.fma(FloatVector.fromArray(F, scratch.halves, L), sum).intoArray(sums, at + L);
    }

    private static void block4(
            MemorySegment data,
            long words,
            int[] x,
            int i,
            int[] starts,
            int s,
            CodeScratch scratch,
            int to) {
        ShortVector a0 = IntVector.broadcast(I, starts[s + 0]).reinterpretAsShorts();
        ShortVector b0 = a0;
        ShortVector a1 = IntVector.broadcast(I, starts[s + 1]).reinterpretAsShorts();
        ShortVector b1 = a1;
        ShortVector a2 = IntVector.broadcast(I, starts[s + 2]).reinterpretAsShorts();
        ShortVector b2 = a2;
        ShortVector a3 = IntVector.broadcast(I, starts[s + 3]).reinterpretAsShorts();
        ShortVector b3 = a3;
        long last = words + 4 * GroupLayout.WORD_BYTES;
        for (int shift = 0; shift < 8; shift += 4) {
            for (long from = words; from < last; from += scratch.wordStep, i += 8) {
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
        a0.reinterpretAsInts().intoArray(scratch.sums, to + 0 * ROWS);
        b0.reinterpretAsInts().intoArray(scratch.sums, to + 0 * ROWS + L);
        a1.reinterpretAsInts().intoArray(scratch.sums, to + 1 * ROWS);
        b1.reinterpretAsInts().intoArray(scratch.sums, to + 1 * ROWS + L);
        a2.reinterpretAsInts().intoArray(scratch.sums, to + 2 * ROWS);
        b2.reinterpretAsInts().intoArray(scratch.sums, to + 2 * ROWS + L);
        a3.reinterpretAsInts().intoArray(scratch.sums, to + 3 * ROWS);
        b3.reinterpretAsInts().intoArray(scratch.sums, to + 3 * ROWS + L);
    }

    private static void block8(
            MemorySegment data,
            long words,
            int[] x,
            int i,
            int[] starts,
            int s,
            CodeScratch scratch,
            int to) {
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
        long last = words + 4 * GroupLayout.WORD_BYTES;
        for (int shift = 0; shift < 8; shift += 4) {
            for (long from = words; from < last; from += scratch.wordStep, i += 16) {
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
        a0.reinterpretAsInts().intoArray(scratch.sums, to + 0 * ROWS);
        b0.reinterpretAsInts().intoArray(scratch.sums, to + 0 * ROWS + L);
        a1.reinterpretAsInts().intoArray(scratch.sums, to + 1 * ROWS);
        b1.reinterpretAsInts().intoArray(scratch.sums, to + 1 * ROWS + L);
        a2.reinterpretAsInts().intoArray(scratch.sums, to + 2 * ROWS);
        b2.reinterpretAsInts().intoArray(scratch.sums, to + 2 * ROWS + L);
        a3.reinterpretAsInts().intoArray(scratch.sums, to + 3 * ROWS);
        b3.reinterpretAsInts().intoArray(scratch.sums, to + 3 * ROWS + L);
        a4.reinterpretAsInts().intoArray(scratch.sums, to + 4 * ROWS);
        b4.reinterpretAsInts().intoArray(scratch.sums, to + 4 * ROWS + L);
        a5.reinterpretAsInts().intoArray(scratch.sums, to + 5 * ROWS);
        b5.reinterpretAsInts().intoArray(scratch.sums, to + 5 * ROWS + L);
        a6.reinterpretAsInts().intoArray(scratch.sums, to + 6 * ROWS);
        b6.reinterpretAsInts().intoArray(scratch.sums, to + 6 * ROWS + L);
        a7.reinterpretAsInts().intoArray(scratch.sums, to + 7 * ROWS);
        b7.reinterpretAsInts().intoArray(scratch.sums, to + 7 * ROWS + L);
    }
}
