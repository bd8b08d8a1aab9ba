package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles: a panel {@code [count, ROWS]} of weights, from byte {@code start} on, times 4, 6,
 * 8 or 12 rows of activations {@code [count, size]}, added to {@code from [size, ROWS]}, whose rows
 * lie {@code fromStep} apart, give {@code sums [size, ROWS]} with rows {@code step} apart; both may
 * be the same. Each sum is a chain over ascending columns that may be stored and taken up again, so
 * neither the tile nor the cut of the columns shows in the bits. 24 accumulators and three operands
 * are what 32 registers hold; 16 registers of 256 bits hold those of six rows.
 *
 * <p>Left alone, the compiler moves the loads of six rows to the beginning of a turn, where they
 * have no registers, and spills sums: 0.4 instead of 0.95 of the processor's peak. It moves nothing
 * over a branch, so two that are never taken cut the turn.
 */
public final class GroupTiles {

    /** Rows of activations in the largest tile. */
    public static final int MAX =
            switch (VectorShapes.BITS) {
                case 512 -> 12;
                case 256 -> 6;
                default -> 4;
            };

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    /** Columns that no panel has; in an array, so that the compiler does not know them. */
    private static final int[] NEVER = {-1, -2};

    private GroupTiles() {}

    /**
     * {@code tiles} tiles of {@code size} rows of activations each, one behind the other in {@code
     * sums} and, unless {@code fromStep} is 0, in {@code from}.
     *
     * @param xStep from a tile of activations to the next one
     */
    public static void tiles(
            int size,
            int tiles,
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            int xStep,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        if (size == 6) {
            tiles6(
                    tiles, panel, start, count, x, xStart, xStep, from, fromAt, fromStep, sums, at,
                    step);
            return;
        }
        for (int i = 0; i < tiles; i++) {
            int f = fromAt + i * size * fromStep;
            int s = at + i * size * step;
            tile(
                    size,
                    panel,
                    start,
                    count,
                    x,
                    xStart + i * xStep,
                    from,
                    f,
                    fromStep,
                    sums,
                    s,
                    step);
        }
    }

    private static void tile(
            int size,
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        switch (size) {
            case 4 -> tile4(panel, start, count, x, xStart, from, fromAt, fromStep, sums, at, step);
            case 8 -> tile8(panel, start, count, x, xStart, from, fromAt, fromStep, sums, at, step);
            default ->
                    tile12(panel, start, count, x, xStart, from, fromAt, fromStep, sums, at, step);
        }
    }

    /** 4 rows of activations. */
    static void tile4(
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        int f = fromAt;
        int s = at;
        FloatVector a0 = FloatVector.fromArray(F, from, f);
        FloatVector b0 = FloatVector.fromArray(F, from, f + L);
        FloatVector a1 = FloatVector.fromArray(F, from, f + 1 * fromStep);
        FloatVector b1 = FloatVector.fromArray(F, from, f + 1 * fromStep + L);
        FloatVector a2 = FloatVector.fromArray(F, from, f + 2 * fromStep);
        FloatVector b2 = FloatVector.fromArray(F, from, f + 2 * fromStep + L);
        FloatVector a3 = FloatVector.fromArray(F, from, f + 3 * fromStep);
        FloatVector b3 = FloatVector.fromArray(F, from, f + 3 * fromStep + L);
        for (int k = 0; k < count; k++) {
            int i = xStart + k * 4;
            long word = start + (long) k * GroupLayout.WORD_BYTES;
            FloatVector v = FloatVector.fromMemorySegment(F, panel, word, LITTLE_ENDIAN);
            FloatVector w = FloatVector.fromMemorySegment(F, panel, word + 4 * L, LITTLE_ENDIAN);
            FloatVector y = FloatVector.broadcast(F, x[i]);
            a0 = v.fma(y, a0);
            b0 = w.fma(y, b0);
            y = FloatVector.broadcast(F, x[i + 1]);
            a1 = v.fma(y, a1);
            b1 = w.fma(y, b1);
            y = FloatVector.broadcast(F, x[i + 2]);
            a2 = v.fma(y, a2);
            b2 = w.fma(y, b2);
            y = FloatVector.broadcast(F, x[i + 3]);
            a3 = v.fma(y, a3);
            b3 = w.fma(y, b3);
        }
        a0.intoArray(sums, s);
        b0.intoArray(sums, s + L);
        a1.intoArray(sums, s + 1 * step);
        b1.intoArray(sums, s + 1 * step + L);
        a2.intoArray(sums, s + 2 * step);
        b2.intoArray(sums, s + 2 * step + L);
        a3.intoArray(sums, s + 3 * step);
        b3.intoArray(sums, s + 3 * step + L);
    }

    /** Tiles of 6 rows: what a call checks costs as much as 15 columns of a tile. */
    private static void tiles6(
            int tiles,
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            int xStep,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        int never = NEVER[0];
        int neverEither = NEVER[1];
        for (int tile = 0; tile < tiles; tile++) {
            int xTile = xStart + tile * xStep;
            int f = fromAt + 6 * tile * fromStep;
            int s = at + 6 * tile * step;
            FloatVector a0 = FloatVector.fromArray(F, from, f);
            FloatVector b0 = FloatVector.fromArray(F, from, f + L);
            FloatVector a1 = FloatVector.fromArray(F, from, f + 1 * fromStep);
            FloatVector b1 = FloatVector.fromArray(F, from, f + 1 * fromStep + L);
            FloatVector a2 = FloatVector.fromArray(F, from, f + 2 * fromStep);
            FloatVector b2 = FloatVector.fromArray(F, from, f + 2 * fromStep + L);
            FloatVector a3 = FloatVector.fromArray(F, from, f + 3 * fromStep);
            FloatVector b3 = FloatVector.fromArray(F, from, f + 3 * fromStep + L);
            FloatVector a4 = FloatVector.fromArray(F, from, f + 4 * fromStep);
            FloatVector b4 = FloatVector.fromArray(F, from, f + 4 * fromStep + L);
            FloatVector a5 = FloatVector.fromArray(F, from, f + 5 * fromStep);
            FloatVector b5 = FloatVector.fromArray(F, from, f + 5 * fromStep + L);
            for (int k = 0; k < count; k++) {
                int i = xTile + k * 6;
                long word = start + (long) k * GroupLayout.WORD_BYTES;
                FloatVector v = FloatVector.fromMemorySegment(F, panel, word, LITTLE_ENDIAN);
                FloatVector w =
                        FloatVector.fromMemorySegment(F, panel, word + 4 * L, LITTLE_ENDIAN);
                FloatVector y = FloatVector.broadcast(F, x[i]);
                a0 = v.fma(y, a0);
                b0 = w.fma(y, b0);
                y = FloatVector.broadcast(F, x[i + 1]);
                a1 = v.fma(y, a1);
                b1 = w.fma(y, b1);
                if (k == never) {
                    break;
                }
                y = FloatVector.broadcast(F, x[i + 2]);
                a2 = v.fma(y, a2);
                b2 = w.fma(y, b2);
                y = FloatVector.broadcast(F, x[i + 3]);
                a3 = v.fma(y, a3);
                b3 = w.fma(y, b3);
                if (k == neverEither) {
                    break;
                }
                y = FloatVector.broadcast(F, x[i + 4]);
                a4 = v.fma(y, a4);
                b4 = w.fma(y, b4);
                y = FloatVector.broadcast(F, x[i + 5]);
                a5 = v.fma(y, a5);
                b5 = w.fma(y, b5);
            }
            a0.intoArray(sums, s);
            b0.intoArray(sums, s + L);
            a1.intoArray(sums, s + 1 * step);
            b1.intoArray(sums, s + 1 * step + L);
            a2.intoArray(sums, s + 2 * step);
            b2.intoArray(sums, s + 2 * step + L);
            a3.intoArray(sums, s + 3 * step);
            b3.intoArray(sums, s + 3 * step + L);
            a4.intoArray(sums, s + 4 * step);
            b4.intoArray(sums, s + 4 * step + L);
            a5.intoArray(sums, s + 5 * step);
            b5.intoArray(sums, s + 5 * step + L);
        }
    }

    /** 8 rows of activations. */
    static void tile8(
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        int f = fromAt;
        int s = at;
        FloatVector a0 = FloatVector.fromArray(F, from, f);
        FloatVector b0 = FloatVector.fromArray(F, from, f + L);
        FloatVector a1 = FloatVector.fromArray(F, from, f + 1 * fromStep);
        FloatVector b1 = FloatVector.fromArray(F, from, f + 1 * fromStep + L);
        FloatVector a2 = FloatVector.fromArray(F, from, f + 2 * fromStep);
        FloatVector b2 = FloatVector.fromArray(F, from, f + 2 * fromStep + L);
        FloatVector a3 = FloatVector.fromArray(F, from, f + 3 * fromStep);
        FloatVector b3 = FloatVector.fromArray(F, from, f + 3 * fromStep + L);
        FloatVector a4 = FloatVector.fromArray(F, from, f + 4 * fromStep);
        FloatVector b4 = FloatVector.fromArray(F, from, f + 4 * fromStep + L);
        FloatVector a5 = FloatVector.fromArray(F, from, f + 5 * fromStep);
        FloatVector b5 = FloatVector.fromArray(F, from, f + 5 * fromStep + L);
        FloatVector a6 = FloatVector.fromArray(F, from, f + 6 * fromStep);
        FloatVector b6 = FloatVector.fromArray(F, from, f + 6 * fromStep + L);
        FloatVector a7 = FloatVector.fromArray(F, from, f + 7 * fromStep);
        FloatVector b7 = FloatVector.fromArray(F, from, f + 7 * fromStep + L);
        for (int k = 0; k < count; k++) {
            int i = xStart + k * 8;
            long word = start + (long) k * GroupLayout.WORD_BYTES;
            FloatVector v = FloatVector.fromMemorySegment(F, panel, word, LITTLE_ENDIAN);
            FloatVector w = FloatVector.fromMemorySegment(F, panel, word + 4 * L, LITTLE_ENDIAN);
            FloatVector y = FloatVector.broadcast(F, x[i]);
            a0 = v.fma(y, a0);
            b0 = w.fma(y, b0);
            y = FloatVector.broadcast(F, x[i + 1]);
            a1 = v.fma(y, a1);
            b1 = w.fma(y, b1);
            y = FloatVector.broadcast(F, x[i + 2]);
            a2 = v.fma(y, a2);
            b2 = w.fma(y, b2);
            y = FloatVector.broadcast(F, x[i + 3]);
            a3 = v.fma(y, a3);
            b3 = w.fma(y, b3);
            y = FloatVector.broadcast(F, x[i + 4]);
            a4 = v.fma(y, a4);
            b4 = w.fma(y, b4);
            y = FloatVector.broadcast(F, x[i + 5]);
            a5 = v.fma(y, a5);
            b5 = w.fma(y, b5);
            y = FloatVector.broadcast(F, x[i + 6]);
            a6 = v.fma(y, a6);
            b6 = w.fma(y, b6);
            y = FloatVector.broadcast(F, x[i + 7]);
            a7 = v.fma(y, a7);
            b7 = w.fma(y, b7);
        }
        a0.intoArray(sums, s);
        b0.intoArray(sums, s + L);
        a1.intoArray(sums, s + 1 * step);
        b1.intoArray(sums, s + 1 * step + L);
        a2.intoArray(sums, s + 2 * step);
        b2.intoArray(sums, s + 2 * step + L);
        a3.intoArray(sums, s + 3 * step);
        b3.intoArray(sums, s + 3 * step + L);
        a4.intoArray(sums, s + 4 * step);
        b4.intoArray(sums, s + 4 * step + L);
        a5.intoArray(sums, s + 5 * step);
        b5.intoArray(sums, s + 5 * step + L);
        a6.intoArray(sums, s + 6 * step);
        b6.intoArray(sums, s + 6 * step + L);
        a7.intoArray(sums, s + 7 * step);
        b7.intoArray(sums, s + 7 * step + L);
    }

    /** 12 rows of activations. */
    static void tile12(
            MemorySegment panel,
            long start,
            int count,
            float[] x,
            int xStart,
            float[] from,
            int fromAt,
            int fromStep,
            float[] sums,
            int at,
            int step) {
        int f = fromAt;
        int s = at;
        FloatVector a0 = FloatVector.fromArray(F, from, f);
        FloatVector b0 = FloatVector.fromArray(F, from, f + L);
        FloatVector a1 = FloatVector.fromArray(F, from, f + 1 * fromStep);
        FloatVector b1 = FloatVector.fromArray(F, from, f + 1 * fromStep + L);
        FloatVector a2 = FloatVector.fromArray(F, from, f + 2 * fromStep);
        FloatVector b2 = FloatVector.fromArray(F, from, f + 2 * fromStep + L);
        FloatVector a3 = FloatVector.fromArray(F, from, f + 3 * fromStep);
        FloatVector b3 = FloatVector.fromArray(F, from, f + 3 * fromStep + L);
        FloatVector a4 = FloatVector.fromArray(F, from, f + 4 * fromStep);
        FloatVector b4 = FloatVector.fromArray(F, from, f + 4 * fromStep + L);
        FloatVector a5 = FloatVector.fromArray(F, from, f + 5 * fromStep);
        FloatVector b5 = FloatVector.fromArray(F, from, f + 5 * fromStep + L);
        FloatVector a6 = FloatVector.fromArray(F, from, f + 6 * fromStep);
        FloatVector b6 = FloatVector.fromArray(F, from, f + 6 * fromStep + L);
        FloatVector a7 = FloatVector.fromArray(F, from, f + 7 * fromStep);
        FloatVector b7 = FloatVector.fromArray(F, from, f + 7 * fromStep + L);
        FloatVector a8 = FloatVector.fromArray(F, from, f + 8 * fromStep);
        FloatVector b8 = FloatVector.fromArray(F, from, f + 8 * fromStep + L);
        FloatVector a9 = FloatVector.fromArray(F, from, f + 9 * fromStep);
        FloatVector b9 = FloatVector.fromArray(F, from, f + 9 * fromStep + L);
        FloatVector a10 = FloatVector.fromArray(F, from, f + 10 * fromStep);
        FloatVector b10 = FloatVector.fromArray(F, from, f + 10 * fromStep + L);
        FloatVector a11 = FloatVector.fromArray(F, from, f + 11 * fromStep);
        FloatVector b11 = FloatVector.fromArray(F, from, f + 11 * fromStep + L);
        for (int k = 0; k < count; k++) {
            int i = xStart + k * 12;
            long word = start + (long) k * GroupLayout.WORD_BYTES;
            FloatVector v = FloatVector.fromMemorySegment(F, panel, word, LITTLE_ENDIAN);
            FloatVector w = FloatVector.fromMemorySegment(F, panel, word + 4 * L, LITTLE_ENDIAN);
            FloatVector y = FloatVector.broadcast(F, x[i]);
            a0 = v.fma(y, a0);
            b0 = w.fma(y, b0);
            y = FloatVector.broadcast(F, x[i + 1]);
            a1 = v.fma(y, a1);
            b1 = w.fma(y, b1);
            y = FloatVector.broadcast(F, x[i + 2]);
            a2 = v.fma(y, a2);
            b2 = w.fma(y, b2);
            y = FloatVector.broadcast(F, x[i + 3]);
            a3 = v.fma(y, a3);
            b3 = w.fma(y, b3);
            y = FloatVector.broadcast(F, x[i + 4]);
            a4 = v.fma(y, a4);
            b4 = w.fma(y, b4);
            y = FloatVector.broadcast(F, x[i + 5]);
            a5 = v.fma(y, a5);
            b5 = w.fma(y, b5);
            y = FloatVector.broadcast(F, x[i + 6]);
            a6 = v.fma(y, a6);
            b6 = w.fma(y, b6);
            y = FloatVector.broadcast(F, x[i + 7]);
            a7 = v.fma(y, a7);
            b7 = w.fma(y, b7);
            y = FloatVector.broadcast(F, x[i + 8]);
            a8 = v.fma(y, a8);
            b8 = w.fma(y, b8);
            y = FloatVector.broadcast(F, x[i + 9]);
            a9 = v.fma(y, a9);
            b9 = w.fma(y, b9);
            y = FloatVector.broadcast(F, x[i + 10]);
            a10 = v.fma(y, a10);
            b10 = w.fma(y, b10);
            y = FloatVector.broadcast(F, x[i + 11]);
            a11 = v.fma(y, a11);
            b11 = w.fma(y, b11);
        }
        a0.intoArray(sums, s);
        b0.intoArray(sums, s + L);
        a1.intoArray(sums, s + 1 * step);
        b1.intoArray(sums, s + 1 * step + L);
        a2.intoArray(sums, s + 2 * step);
        b2.intoArray(sums, s + 2 * step + L);
        a3.intoArray(sums, s + 3 * step);
        b3.intoArray(sums, s + 3 * step + L);
        a4.intoArray(sums, s + 4 * step);
        b4.intoArray(sums, s + 4 * step + L);
        a5.intoArray(sums, s + 5 * step);
        b5.intoArray(sums, s + 5 * step + L);
        a6.intoArray(sums, s + 6 * step);
        b6.intoArray(sums, s + 6 * step + L);
        a7.intoArray(sums, s + 7 * step);
        b7.intoArray(sums, s + 7 * step + L);
        a8.intoArray(sums, s + 8 * step);
        b8.intoArray(sums, s + 8 * step + L);
        a9.intoArray(sums, s + 9 * step);
        b9.intoArray(sums, s + 9 * step + L);
        a10.intoArray(sums, s + 10 * step);
        b10.intoArray(sums, s + 10 * step + L);
        a11.intoArray(sums, s + 11 * step);
        b11.intoArray(sums, s + 11 * step + L);
    }
}
