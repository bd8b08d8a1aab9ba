package dev.nightjar.kernels.cpu.simd.code;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of integers like {@link CodeTiles}, for codes of six bits of which 16 share a factor: the
 * products of half a run fit 16 bits, because a code is at most 32 away from zero. Four rows of
 * activations, as many as narrow vectors have registers for.
 */
public final class RunTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = CodeScratch.ROWS;
    private static final int ROW_INTS = ROWS / 2;
    private static final int COLUMN = CodeScratch.COLUMN_INTS;
    private static final int RUN = CodeScratch.RUN;
    private static final int RUNS = RunPlan.COUNT / RUN;
    private static final int SIZE = 4;
    private static final int HALF = SIZE * ROW_INTS;

    private RunTiles() {}

    /** Which run of a block of 256 columns the format stores as number {@code i}. */
    static int run(int i) {
        return i / 8 * 8 + i % 4 * 2 + i / 4 % 2;
    }

    /**
     * Adds products to sums {@code [4, 2 * ROWS]}.
     *
     * @param count columns of the panel, whole blocks of 256
     * @param tile of the activations
     * @param k column of the activations where the panel begins
     */
    public static void tile(
            CodeScratch scratch,
            int count,
            QuantizedTiles x,
            int tile,
            int k,
            float[] sums,
            int at) {
        int code = x.codeStart(tile, k);
        int scale = x.scaleStart(tile) + k / QuantizedTiles.BLOCK * SIZE;
        for (int i = 0; i < count / RUN; i++) {
            int run = i / RUNS * RUNS + run(i % RUNS);
            run4(scratch.panel, run * RUN * COLUMN, x.codes, code + run * RUN * SIZE, scratch.sums);
            add(scratch, run * ROWS, x.factors, scale + run / 2 * SIZE, sums, at);
        }
    }

    /** The sums of both halves of a run. */
    private static void run4(int[] panel, int from, int[] x, int xStart, int[] sums) {
        for (int half = 0; half < 2; half++) {
            half4(
                    panel,
                    from + half * RUN / 2 * COLUMN,
                    x,
                    xStart + half * RUN / 2 * SIZE,
                    sums,
                    half * HALF);
        }
    }

    private static void half4(int[] panel, int from, int[] x, int xStart, int[] sums, int to) {
        ShortVector a0 = IntVector.zero(I).reinterpretAsShorts();
        ShortVector b0 = a0;
        ShortVector a1 = a0;
        ShortVector b1 = a0;
        ShortVector a2 = a0;
        ShortVector b2 = a0;
        ShortVector a3 = a0;
        ShortVector b3 = a0;
        for (int k = 0; k < RUN / 2; k++) {
            int i = xStart + SIZE * k;
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
        a0.reinterpretAsInts().intoArray(sums, to);
        b0.reinterpretAsInts().intoArray(sums, to + L);
        a1.reinterpretAsInts().intoArray(sums, to + ROW_INTS);
        b1.reinterpretAsInts().intoArray(sums, to + ROW_INTS + L);
        a2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS);
        b2.reinterpretAsInts().intoArray(sums, to + 2 * ROW_INTS + L);
        a3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS);
        b3.reinterpretAsInts().intoArray(sums, to + 3 * ROW_INTS + L);
    }

    /** Widens and adds the halves, scales and adds the sums of a run. */
    private static void add(
            CodeScratch scratch, int row, float[] factors, int scale, float[] sums, int at) {
        FloatVector d0 = FloatVector.fromArray(F, scratch.factors, row);
        FloatVector d1 = FloatVector.fromArray(F, scratch.factors, row + L);
        FloatVector d2 = FloatVector.fromArray(F, scratch.factors, row + 2 * L);
        FloatVector d3 = FloatVector.fromArray(F, scratch.factors, row + 3 * L);
        int[] halves = scratch.sums;
        for (int t = 0; t < SIZE; t++, at += ROWS) {
            int from = t * ROW_INTS;
            IntVector p = IntVector.fromArray(I, halves, from);
            IntVector q = IntVector.fromArray(I, halves, from + L);
            IntVector r = IntVector.fromArray(I, halves, from + HALF);
            IntVector s = IntVector.fromArray(I, halves, from + HALF + L);
            FloatVector dx = FloatVector.broadcast(F, factors[scale + t]);
            IntVector c = p.lanewise(LSHL, 16).lanewise(ASHR, 16);
            c = c.add(r.lanewise(LSHL, 16).lanewise(ASHR, 16));
            ((FloatVector) c.convert(I2F, 0))
                    .mul(d0)
                    .fma(dx, FloatVector.fromArray(F, sums, at))
                    .intoArray(sums, at);
            c = p.lanewise(ASHR, 16).add(r.lanewise(ASHR, 16));
            ((FloatVector) c.convert(I2F, 0))
                    .mul(d1)
                    .fma(dx, FloatVector.fromArray(F, sums, at + L))
                    .intoArray(sums, at + L);
            c = q.lanewise(LSHL, 16).lanewise(ASHR, 16);
            c = c.add(s.lanewise(LSHL, 16).lanewise(ASHR, 16));
            ((FloatVector) c.convert(I2F, 0))
                    .mul(d2)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * L))
                    .intoArray(sums, at + 2 * L);
            c = q.lanewise(ASHR, 16).add(s.lanewise(ASHR, 16));
            ((FloatVector) c.convert(I2F, 0))
                    .mul(d3)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * L))
                    .intoArray(sums, at + 3 * L);
        }
    }
}
