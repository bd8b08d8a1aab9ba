package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of whole numbers in floats: a panel of {@link WholeFormat} times 4 to 8 rows of quantized
 * activations. No sum within a block reaches 2^24, so floats are exact in any order, and an
 * instruction both multiplies and adds, without the sums of 16 bits that overflow after eight
 * columns.
 */
public final class WholeTiles {

    /** Rows of activations in the largest tile. */
    public static final int MAX =
            switch (VectorShapes.BITS) {
                case 512 -> 8;
                case 256 -> 6;
                default -> 4;
            };

    /** Columns that no block has; in an array, so that the compiler does not know them. */
    private static final int[] NEVER = {-1, -2};

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int BLOCK = CodeScratch.BLOCK;

    private WholeTiles() {}

    /**
     * Adds products to sums {@code [size, ROWS]}.
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
            float[] sums,
            int at) {
        int size = x.tiles.size[tile];
        int code = x.codeStart(tile, k);
        int scale = x.scaleStart(tile) + k / BLOCK * size;
        switch (size) {
            case 4 -> tile4(scratch, count, x, code, scale, sums, at);
            case 6 -> tile6(scratch, count, x, code, scale, sums, at);
            default -> tile8(scratch, count, x, code, scale, sums, at);
        }
    }

    /** 4 rows of activations. */
    private static void tile4(
            CodeScratch scratch,
            int count,
            QuantizedTiles x,
            int code,
            int scale,
            float[] sums,
            int at) {
        float[] panel = scratch.wholes;
        float[] factors = scratch.factors;
        float[] wholes = x.wholes;
        int blocks = count / BLOCK;
        for (int b = 0; b < blocks; b++, scale += 4, code += BLOCK * 4) {
            int start = b * BLOCK * ROWS;
            FloatVector a0 = FloatVector.zero(F);
            FloatVector b0 = a0;
            FloatVector a1 = a0;
            FloatVector b1 = a0;
            FloatVector a2 = a0;
            FloatVector b2 = a0;
            FloatVector a3 = a0;
            FloatVector b3 = a0;
            for (int k = 0; k < BLOCK; k++) {
                int i = code + k * 4;
                int p = start + k * ROWS;
                FloatVector v = FloatVector.fromArray(F, panel, p);
                FloatVector w = FloatVector.fromArray(F, panel, p + L);
                FloatVector y = FloatVector.broadcast(F, wholes[i]);
                a0 = v.fma(y, a0);
                b0 = w.fma(y, b0);
                y = FloatVector.broadcast(F, wholes[i + 1]);
                a1 = v.fma(y, a1);
                b1 = w.fma(y, b1);
                y = FloatVector.broadcast(F, wholes[i + 2]);
                a2 = v.fma(y, a2);
                b2 = w.fma(y, b2);
                y = FloatVector.broadcast(F, wholes[i + 3]);
                a3 = v.fma(y, a3);
                b3 = w.fma(y, b3);
            }
            FloatVector d = FloatVector.fromArray(F, factors, b * ROWS);
            FloatVector e = FloatVector.fromArray(F, factors, b * ROWS + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale]);
            a0.mul(d).fma(dx, FloatVector.fromArray(F, sums, at)).intoArray(sums, at);
            b0.mul(e).fma(dx, FloatVector.fromArray(F, sums, at + L)).intoArray(sums, at + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 1]);
            a1.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS))
                    .intoArray(sums, at + 1 * ROWS);
            b1.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS + L))
                    .intoArray(sums, at + 1 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 2]);
            a2.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS))
                    .intoArray(sums, at + 2 * ROWS);
            b2.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS + L))
                    .intoArray(sums, at + 2 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 3]);
            a3.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS))
                    .intoArray(sums, at + 3 * ROWS);
            b3.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS + L))
                    .intoArray(sums, at + 3 * ROWS + L);
        }
    }

    /**
     * 6 rows of activations; branches that are never taken cut a turn, as in {@link
     * dev.nightjar.kernels.cpu.simd.group.GroupTiles}.
     */
    private static void tile6(
            CodeScratch scratch,
            int count,
            QuantizedTiles x,
            int code,
            int scale,
            float[] sums,
            int at) {
        float[] panel = scratch.wholes;
        float[] factors = scratch.factors;
        float[] wholes = x.wholes;
        int blocks = count / BLOCK;
        int never = NEVER[0];
        int neverEither = NEVER[1];
        for (int b = 0; b < blocks; b++, scale += 6, code += BLOCK * 6) {
            int start = b * BLOCK * ROWS;
            FloatVector a0 = FloatVector.zero(F);
            FloatVector b0 = a0;
            FloatVector a1 = a0;
            FloatVector b1 = a0;
            FloatVector a2 = a0;
            FloatVector b2 = a0;
            FloatVector a3 = a0;
            FloatVector b3 = a0;
            FloatVector a4 = a0;
            FloatVector b4 = a0;
            FloatVector a5 = a0;
            FloatVector b5 = a0;
            for (int k = 0; k < BLOCK; k++) {
                int i = code + k * 6;
                int p = start + k * ROWS;
                FloatVector v = FloatVector.fromArray(F, panel, p);
                FloatVector w = FloatVector.fromArray(F, panel, p + L);
                FloatVector y = FloatVector.broadcast(F, wholes[i]);
                a0 = v.fma(y, a0);
                b0 = w.fma(y, b0);
                y = FloatVector.broadcast(F, wholes[i + 1]);
                a1 = v.fma(y, a1);
                b1 = w.fma(y, b1);
                if (k == never) {
                    break;
                }
                y = FloatVector.broadcast(F, wholes[i + 2]);
                a2 = v.fma(y, a2);
                b2 = w.fma(y, b2);
                y = FloatVector.broadcast(F, wholes[i + 3]);
                a3 = v.fma(y, a3);
                b3 = w.fma(y, b3);
                if (k == neverEither) {
                    break;
                }
                y = FloatVector.broadcast(F, wholes[i + 4]);
                a4 = v.fma(y, a4);
                b4 = w.fma(y, b4);
                y = FloatVector.broadcast(F, wholes[i + 5]);
                a5 = v.fma(y, a5);
                b5 = w.fma(y, b5);
            }
            FloatVector d = FloatVector.fromArray(F, factors, b * ROWS);
            FloatVector e = FloatVector.fromArray(F, factors, b * ROWS + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale]);
            a0.mul(d).fma(dx, FloatVector.fromArray(F, sums, at)).intoArray(sums, at);
            b0.mul(e).fma(dx, FloatVector.fromArray(F, sums, at + L)).intoArray(sums, at + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 1]);
            a1.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS))
                    .intoArray(sums, at + 1 * ROWS);
            b1.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS + L))
                    .intoArray(sums, at + 1 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 2]);
            a2.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS))
                    .intoArray(sums, at + 2 * ROWS);
            b2.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS + L))
                    .intoArray(sums, at + 2 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 3]);
            a3.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS))
                    .intoArray(sums, at + 3 * ROWS);
            b3.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS + L))
                    .intoArray(sums, at + 3 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 4]);
            a4.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 4 * ROWS))
                    .intoArray(sums, at + 4 * ROWS);
            b4.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 4 * ROWS + L))
                    .intoArray(sums, at + 4 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 5]);
            a5.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 5 * ROWS))
                    .intoArray(sums, at + 5 * ROWS);
            b5.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 5 * ROWS + L))
                    .intoArray(sums, at + 5 * ROWS + L);
        }
    }

    /** 8 rows of activations. */
    private static void tile8(
            CodeScratch scratch,
            int count,
            QuantizedTiles x,
            int code,
            int scale,
            float[] sums,
            int at) {
        float[] panel = scratch.wholes;
        float[] factors = scratch.factors;
        float[] wholes = x.wholes;
        int blocks = count / BLOCK;
        for (int b = 0; b < blocks; b++, scale += 8, code += BLOCK * 8) {
            int start = b * BLOCK * ROWS;
            FloatVector a0 = FloatVector.zero(F);
            FloatVector b0 = a0;
            FloatVector a1 = a0;
            FloatVector b1 = a0;
            FloatVector a2 = a0;
            FloatVector b2 = a0;
            FloatVector a3 = a0;
            FloatVector b3 = a0;
            FloatVector a4 = a0;
            FloatVector b4 = a0;
            FloatVector a5 = a0;
            FloatVector b5 = a0;
            FloatVector a6 = a0;
            FloatVector b6 = a0;
            FloatVector a7 = a0;
            FloatVector b7 = a0;
            for (int k = 0; k < BLOCK; k++) {
                int i = code + k * 8;
                int p = start + k * ROWS;
                FloatVector v = FloatVector.fromArray(F, panel, p);
                FloatVector w = FloatVector.fromArray(F, panel, p + L);
                FloatVector y = FloatVector.broadcast(F, wholes[i]);
                a0 = v.fma(y, a0);
                b0 = w.fma(y, b0);
                y = FloatVector.broadcast(F, wholes[i + 1]);
                a1 = v.fma(y, a1);
                b1 = w.fma(y, b1);
                y = FloatVector.broadcast(F, wholes[i + 2]);
                a2 = v.fma(y, a2);
                b2 = w.fma(y, b2);
                y = FloatVector.broadcast(F, wholes[i + 3]);
                a3 = v.fma(y, a3);
                b3 = w.fma(y, b3);
                y = FloatVector.broadcast(F, wholes[i + 4]);
                a4 = v.fma(y, a4);
                b4 = w.fma(y, b4);
                y = FloatVector.broadcast(F, wholes[i + 5]);
                a5 = v.fma(y, a5);
                b5 = w.fma(y, b5);
                y = FloatVector.broadcast(F, wholes[i + 6]);
                a6 = v.fma(y, a6);
                b6 = w.fma(y, b6);
                y = FloatVector.broadcast(F, wholes[i + 7]);
                a7 = v.fma(y, a7);
                b7 = w.fma(y, b7);
            }
            FloatVector d = FloatVector.fromArray(F, factors, b * ROWS);
            FloatVector e = FloatVector.fromArray(F, factors, b * ROWS + L);
            FloatVector dx = FloatVector.broadcast(F, x.factors[scale]);
            a0.mul(d).fma(dx, FloatVector.fromArray(F, sums, at)).intoArray(sums, at);
            b0.mul(e).fma(dx, FloatVector.fromArray(F, sums, at + L)).intoArray(sums, at + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 1]);
            a1.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS))
                    .intoArray(sums, at + 1 * ROWS);
            b1.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 1 * ROWS + L))
                    .intoArray(sums, at + 1 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 2]);
            a2.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS))
                    .intoArray(sums, at + 2 * ROWS);
            b2.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 2 * ROWS + L))
                    .intoArray(sums, at + 2 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 3]);
            a3.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS))
                    .intoArray(sums, at + 3 * ROWS);
            b3.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 3 * ROWS + L))
                    .intoArray(sums, at + 3 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 4]);
            a4.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 4 * ROWS))
                    .intoArray(sums, at + 4 * ROWS);
            b4.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 4 * ROWS + L))
                    .intoArray(sums, at + 4 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 5]);
            a5.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 5 * ROWS))
                    .intoArray(sums, at + 5 * ROWS);
            b5.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 5 * ROWS + L))
                    .intoArray(sums, at + 5 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 6]);
            a6.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 6 * ROWS))
                    .intoArray(sums, at + 6 * ROWS);
            b6.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 6 * ROWS + L))
                    .intoArray(sums, at + 6 * ROWS + L);
            dx = FloatVector.broadcast(F, x.factors[scale + 7]);
            a7.mul(d)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 7 * ROWS))
                    .intoArray(sums, at + 7 * ROWS);
            b7.mul(e)
                    .fma(dx, FloatVector.fromArray(F, sums, at + 7 * ROWS + L))
                    .intoArray(sums, at + 7 * ROWS + L);
        }
    }
}
