package dev.nightjar.kernels.cpu.simd.dot;

import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of dot products over k: rows of weights {@code w}, equally far apart, times rows
 * of activations {@code x}, wherever they begin; both contiguous in k. Every (row, token) pair has
 * one accumulator in every tile shape, so its value does not depend on the tile that computed it.
 *
 * <p>{@code n} is a multiple of the lanes; {@code out} receives the accumulators unreduced, those
 * of row 0 first, for {@link LaneSums}. Sixteen accumulators and five operands fit the 32 registers
 * of AVX-512 and NEON; the bodies are written out because a helper that takes a vector would box it
 * once the compiler stops inlining.
 */
public final class DotTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private DotTiles() {}

    /** Four rows, four tokens. */
    public static void dot4x4(
            float[] w,
            int wStart,
            int wStride,
            float[] x,
            int x0Start,
            int x1Start,
            int x2Start,
            int x3Start,
            int n,
            float[] out) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a02 = FloatVector.zero(F);
        FloatVector a03 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a11 = FloatVector.zero(F);
        FloatVector a12 = FloatVector.zero(F);
        FloatVector a13 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a21 = FloatVector.zero(F);
        FloatVector a22 = FloatVector.zero(F);
        FloatVector a23 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        FloatVector a31 = FloatVector.zero(F);
        FloatVector a32 = FloatVector.zero(F);
        FloatVector a33 = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            FloatVector x0 = FloatVector.fromArray(F, x, x0Start + k);
            FloatVector x1 = FloatVector.fromArray(F, x, x1Start + k);
            FloatVector x2 = FloatVector.fromArray(F, x, x2Start + k);
            FloatVector x3 = FloatVector.fromArray(F, x, x3Start + k);
            FloatVector w0 = FloatVector.fromArray(F, w, wStart + k);
            a00 = w0.fma(x0, a00);
            a01 = w0.fma(x1, a01);
            a02 = w0.fma(x2, a02);
            a03 = w0.fma(x3, a03);
            FloatVector w1 = FloatVector.fromArray(F, w, wStart + wStride + k);
            a10 = w1.fma(x0, a10);
            a11 = w1.fma(x1, a11);
            a12 = w1.fma(x2, a12);
            a13 = w1.fma(x3, a13);
            FloatVector w2 = FloatVector.fromArray(F, w, wStart + 2 * wStride + k);
            a20 = w2.fma(x0, a20);
            a21 = w2.fma(x1, a21);
            a22 = w2.fma(x2, a22);
            a23 = w2.fma(x3, a23);
            FloatVector w3 = FloatVector.fromArray(F, w, wStart + 3 * wStride + k);
            a30 = w3.fma(x0, a30);
            a31 = w3.fma(x1, a31);
            a32 = w3.fma(x2, a32);
            a33 = w3.fma(x3, a33);
        }
        a00.intoArray(out, 0);
        a01.intoArray(out, F.length());
        a02.intoArray(out, 2 * F.length());
        a03.intoArray(out, 3 * F.length());
        a10.intoArray(out, 4 * F.length());
        a11.intoArray(out, 5 * F.length());
        a12.intoArray(out, 6 * F.length());
        a13.intoArray(out, 7 * F.length());
        a20.intoArray(out, 8 * F.length());
        a21.intoArray(out, 9 * F.length());
        a22.intoArray(out, 10 * F.length());
        a23.intoArray(out, 11 * F.length());
        a30.intoArray(out, 12 * F.length());
        a31.intoArray(out, 13 * F.length());
        a32.intoArray(out, 14 * F.length());
        a33.intoArray(out, 15 * F.length());
    }

    /** Four rows, one token. */
    public static void dot4x1(
            float[] w, int wStart, int wStride, float[] x, int xStart, int n, float[] out) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            FloatVector x0 = FloatVector.fromArray(F, x, xStart + k);
            FloatVector w0 = FloatVector.fromArray(F, w, wStart + k);
            a00 = w0.fma(x0, a00);
            FloatVector w1 = FloatVector.fromArray(F, w, wStart + wStride + k);
            a10 = w1.fma(x0, a10);
            FloatVector w2 = FloatVector.fromArray(F, w, wStart + 2 * wStride + k);
            a20 = w2.fma(x0, a20);
            FloatVector w3 = FloatVector.fromArray(F, w, wStart + 3 * wStride + k);
            a30 = w3.fma(x0, a30);
        }
        a00.intoArray(out, 0);
        a10.intoArray(out, F.length());
        a20.intoArray(out, 2 * F.length());
        a30.intoArray(out, 3 * F.length());
    }

    /** One row, four tokens. */
    public static void dot1x4(
            float[] w,
            int wStart,
            float[] x,
            int x0Start,
            int x1Start,
            int x2Start,
            int x3Start,
            int n,
            float[] out) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a02 = FloatVector.zero(F);
        FloatVector a03 = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            FloatVector x0 = FloatVector.fromArray(F, x, x0Start + k);
            FloatVector x1 = FloatVector.fromArray(F, x, x1Start + k);
            FloatVector x2 = FloatVector.fromArray(F, x, x2Start + k);
            FloatVector x3 = FloatVector.fromArray(F, x, x3Start + k);
            FloatVector w0 = FloatVector.fromArray(F, w, wStart + k);
            a00 = w0.fma(x0, a00);
            a01 = w0.fma(x1, a01);
            a02 = w0.fma(x2, a02);
            a03 = w0.fma(x3, a03);
        }
        a00.intoArray(out, 0);
        a01.intoArray(out, F.length());
        a02.intoArray(out, 2 * F.length());
        a03.intoArray(out, 3 * F.length());
    }

    /** One row, one token. */
    public static void dot1x1(float[] w, int wStart, float[] x, int xStart, int n, float[] out) {
        FloatVector a00 = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            FloatVector x0 = FloatVector.fromArray(F, x, xStart + k);
            FloatVector w0 = FloatVector.fromArray(F, w, wStart + k);
            a00 = w0.fma(x0, a00);
        }
        a00.intoArray(out, 0);
    }
}
