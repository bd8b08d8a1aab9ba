package dev.nightjar.kernels.cpu.simd.code;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of integers: a panel of codes times 4 or 8 rows of quantized activations. The 32 products
 * of a block fit 16 bits, because a code is at most 8 away from zero and an activation at most 127;
 * sums begin at what the centre of the codes takes away, so codes need no sign.
 */
public final class CodeTiles {

    /** Rows of activations in the largest tile. */
    public static final int MAX = VectorShapes.BITS == 512 ? 8 : 4;

    /** Blocks whose sums are added in one go. */
    static final int TOGETHER = 8;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = CodeScratch.ROWS;
    private static final int ROW_INTS = ROWS / 2;
    private static final int COLUMN = CodeScratch.COLUMN_INTS;
    private static final int BLOCK = CodeScratch.BLOCK;

    private CodeTiles() {}

    /**
     * Adds products to sums {@code [size, 2 * ROWS]}.
     *
     * @param count columns of the panel, whole blocks
     * @param tile of the activations
     * @param k column of the activations where the panel begins
     */
    public static void tile(
            CodeScratch scratch,
            int count,
            QuantizedTiles x,
            int tile,
            int k,
            boolean minima,
            float[] sums,
            int at) {
        int size = x.tiles.size[tile];
        int[] starts = minima ? x.raised : x.starts;
        int code = x.codeStart(tile, k);
        int scale = x.scaleStart(tile) + k / BLOCK * size;
        int blocks = count / BLOCK;
        for (int first = 0; first < blocks; first += TOGETHER, scale += TOGETHER * size) {
            int together = Math.min(TOGETHER, blocks - first);
            for (int b = 0; b < together; b++, code += BLOCK * size) {
                int from = (first + b) * BLOCK * COLUMN;
                int to = b * size * ROW_INTS;
                block(size, scratch, from, x.codes, code, starts, scale + b * size, to);
            }
            int row = first * ROWS;
            for (int t = 0; t < size; t++) {
                if (minima) {
                    addWithMinima(scratch, first, x, scale + t, size, t, sums, at + t * ROWS);
                } else {
                    add(scratch, row, together, x.factors, scale + t, size, t, sums, at + t * ROWS);
                }
            }
        }
    }

    private static void block(
            int size,
            CodeScratch scratch,
            int from,
            int[] x,
            int code,
            int[] starts,
            int scale,
            int to) {
        int[] panel = scratch.panel;
        int[] sums = scratch.sums;
        if (size == 4) {
            block4(panel, from, x, code, starts, scale, sums, to);
        } else {
            block8(panel, from, x, code, starts, scale, sums, to);
        }
    }

    /** Widens, scales and adds the sums of some blocks of one row of activations. */
    private static void add(
            CodeScratch scratch,
            int row,
            int blocks,
            float[] scales,
            int scale,
            int size,
            int t,
            float[] sums,
            int at) {
        int[] products = scratch.sums;
        float[] factors = scratch.factors;
        FloatVector s0 = FloatVector.fromArray(F, sums, at);
        FloatVector s1 = FloatVector.fromArray(F, sums, at + L);
        FloatVector s2 = FloatVector.fromArray(F, sums, at + 2 * L);
        FloatVector s3 = FloatVector.fromArray(F, sums, at + 3 * L);
        for (int b = 0; b < blocks; b++) {
            int from = (t + b * size) * ROW_INTS;
            int d = row + b * ROWS;
            IntVector p = IntVector.fromArray(I, products, from);
            IntVector q = IntVector.fromArray(I, products, from + L);
            FloatVector dx = FloatVector.broadcast(F, scales[scale + b * size]);
            s0 =
                    ((FloatVector) p.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d))
                            .fma(dx, s0);
            s1 =
                    ((FloatVector) p.lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + L))
                            .fma(dx, s1);
            s2 =
                    ((FloatVector) q.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + 2 * L))
                            .fma(dx, s2);
            s3 =
                    ((FloatVector) q.lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + 3 * L))
                            .fma(dx, s3);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + L);
        s2.intoArray(sums, at + 2 * L);
        s3.intoArray(sums, at + 3 * L);
    }

    /** The same for the blocks of a super-block that have minima. */
    private static void addWithMinima(
            CodeScratch scratch,
            int first,
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
        FloatVector t2 = t0;
        FloatVector t3 = t0;
        FloatVector m0 = t0;
        FloatVector m1 = t0;
        FloatVector m2 = t0;
        FloatVector m3 = t0;
        for (int b = 0; b < TOGETHER; b++) {
            int from = (t + b * size) * ROW_INTS;
            int d = (first + b) * ROWS;
            int i = scale + b * size;
            FloatVector dx = FloatVector.broadcast(F, x.factors[i]);
            FloatVector sx = FloatVector.broadcast(F, x.totals[i]);
            IntVector centre = IntVector.broadcast(I, x.centres[i]);
            IntVector p = IntVector.fromArray(I, products, from);
            t0 =
                    ((FloatVector) p.and(0xffff).add(centre).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d))
                            .fma(dx, t0);
            m0 = FloatVector.fromArray(F, minima, d).fma(sx, m0);
            t1 =
                    ((FloatVector) p.lanewise(LSHR, 16).add(centre).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + L))
                            .fma(dx, t1);
            m1 = FloatVector.fromArray(F, minima, d + L).fma(sx, m1);
            p = IntVector.fromArray(I, products, from + L);
            t2 =
                    ((FloatVector) p.and(0xffff).add(centre).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + 2 * L))
                            .fma(dx, t2);
            m2 = FloatVector.fromArray(F, minima, d + 2 * L).fma(sx, m2);
            t3 =
                    ((FloatVector) p.lanewise(LSHR, 16).add(centre).convert(I2F, 0))
                            .mul(FloatVector.fromArray(F, factors, d + 3 * L))
                            .fma(dx, t3);
            m3 = FloatVector.fromArray(F, minima, d + 3 * L).fma(sx, m3);
        }
        int h = first / TOGETHER * ROWS;
        FloatVector s;
        s = FloatVector.fromArray(F, sums, at);
        s = m0.fma(FloatVector.fromArray(F, scratch.offsets, h).neg(), s);
        t0.fma(FloatVector.fromArray(F, scratch.halves, h), s).intoArray(sums, at);
        s = FloatVector.fromArray(F, sums, at + L);
        s = m1.fma(FloatVector.fromArray(F, scratch.offsets, h + L).neg(), s);
        t1.fma(FloatVector.fromArray(F, scratch.halves, h + L), s).intoArray(sums, at + L);
        s = FloatVector.fromArray(F, sums, at + 2 * L);
        s = m2.fma(FloatVector.fromArray(F, scratch.offsets, h + 2 * L).neg(), s);
        t2.fma(FloatVector.fromArray(F, scratch.halves, h + 2 * L), s).intoArray(sums, at + 2 * L);
        s = FloatVector.fromArray(F, sums, at + 3 * L);
        s = m3.fma(FloatVector.fromArray(F, scratch.offsets, h + 3 * L).neg(), s);
        t3.fma(FloatVector.fromArray(F, scratch.halves, h + 3 * L), s).intoArray(sums, at + 3 * L);
    }

    /** The sums of a block of 4 rows of activations. */
    private static void block4(
            int[] panel, int from, int[] x, int xStart, int[] starts, int s, int[] sums, int to) {
        ShortVector a0 = IntVector.broadcast(I, starts[s + 0]).reinterpretAsShorts();
        ShortVector b0 = a0;
        ShortVector a1 = IntVector.broadcast(I, starts[s + 1]).reinterpretAsShorts();
        ShortVector b1 = a1;
        ShortVector a2 = IntVector.broadcast(I, starts[s + 2]).reinterpretAsShorts();
        ShortVector b2 = a2;
        ShortVector a3 = IntVector.broadcast(I, starts[s + 3]).reinterpretAsShorts();
        ShortVector b3 = a3;
        for (int k = 0; k < BLOCK; k++) {
            int i = xStart + 4 * k;
            int at = from + k * COLUMN;
            ShortVector v = IntVector.fromArray(I, panel, at).reinterpretAsShorts();
            ShortVector w = IntVector.fromArray(I, panel, at + L).reinterpretAsShorts();
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
        }
        a0.reinterpretAsInts().intoArray(sums, to + 0 * ROW_INTS);
        b0.reinterpretAsInts().intoArray(sums, to + 0 * ROW_INTS + L);
        a1.reinterpretAsInts().intoArray(sums, to + 1 * ROW_INTS);
        b1.reinterpretAsInts().intoArray(sums, to + 1 * ROW_INTS + L);
        a2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS);
        b2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS + L);
        a3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS);
        b3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS + L);
    }

    /** The sums of a block of 8 rows of activations. */
    private static void block8(
            int[] panel, int from, int[] x, int xStart, int[] starts, int s, int[] sums, int to) {
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
        for (int k = 0; k < BLOCK; k++) {
            int i = xStart + 8 * k;
            int at = from + k * COLUMN;
            ShortVector v = IntVector.fromArray(I, panel, at).reinterpretAsShorts();
            ShortVector w = IntVector.fromArray(I, panel, at + L).reinterpretAsShorts();
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
        }
        a0.reinterpretAsInts().intoArray(sums, to + 0 * ROW_INTS);
        b0.reinterpretAsInts().intoArray(sums, to + 0 * ROW_INTS + L);
        a1.reinterpretAsInts().intoArray(sums, to + 1 * ROW_INTS);
        b1.reinterpretAsInts().intoArray(sums, to + 1 * ROW_INTS + L);
        a2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS);
        b2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS + L);
        a3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS);
        b3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS + L);
        a4.reinterpretAsInts().intoArray(sums, to + 4 * ROW_INTS);
        b4.reinterpretAsInts().intoArray(sums, to + 4 * ROW_INTS + L);
        a5.reinterpretAsInts().intoArray(sums, to + 5 * ROW_INTS);
        b5.reinterpretAsInts().intoArray(sums, to + 5 * ROW_INTS + L);
        a6.reinterpretAsInts().intoArray(sums, to + 6 * ROW_INTS);
        b6.reinterpretAsInts().intoArray(sums, to + 6 * ROW_INTS + L);
        a7.reinterpretAsInts().intoArray(sums, to + 7 * ROW_INTS);
        b7.reinterpretAsInts().intoArray(sums, to + 7 * ROW_INTS + L);
    }
}
