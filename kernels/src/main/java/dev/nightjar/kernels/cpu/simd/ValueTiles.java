package dev.nightjar.kernels.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds the values of one block, weighted, to the accumulators of query rows. A vector holds
 * neighbouring elements of a head and each of them is one chain over the tokens: the same in every
 * tile shape and however the tokens are cut.
 */
final class ValueTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private ValueTiles() {}

    /**
     * Four rows: acc [4, stride] += p [4, from..to) · v [from..to), stride].
     *
     * @param p weights, rows {@code pStride} apart
     * @param v values, one row per token
     * @param vStride elements of a head, padded to whole vectors; the row length of acc too
     */
    static void addToFour(
            float[] p,
            int pStart,
            int pStride,
            int from,
            int to,
            float[] v,
            int vStride,
            float[] acc,
            int accStart) {
        int d = 0;
        for (; d <= vStride - 4 * F.length(); d += 4 * F.length()) {
            tile4x4(p, pStart, pStride, from, to, v, d, vStride, acc, accStart + d);
        }
        for (; d < vStride; d += F.length()) {
            tile4x1(p, pStart, pStride, from, to, v, d, vStride, acc, accStart + d);
        }
    }

    /** One row: acc [stride] += p [from..to) · v [from..to), stride]. */
    static void addToOne(
            float[] p,
            int pStart,
            int from,
            int to,
            float[] v,
            int vStride,
            float[] acc,
            int accStart) {
        int d = 0;
        for (; d <= vStride - 4 * F.length(); d += 4 * F.length()) {
            tile1x4(p, pStart, 0, from, to, v, d, vStride, acc, accStart + d);
        }
        for (; d < vStride; d += F.length()) {
            tile1x1(p, pStart, 0, from, to, v, d, vStride, acc, accStart + d);
        }
    }

    /** Four rows, four vectors of a head. */
    private static void tile4x4(
            float[] p,
            int pStart,
            int pStride,
            int from,
            int to,
            float[] v,
            int vStart,
            int vStride,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        FloatVector a01 = FloatVector.fromArray(F, acc, accStart + F.length());
        FloatVector a02 = FloatVector.fromArray(F, acc, accStart + 2 * F.length());
        FloatVector a03 = FloatVector.fromArray(F, acc, accStart + 3 * F.length());
        FloatVector a10 = FloatVector.fromArray(F, acc, accStart + vStride);
        FloatVector a11 = FloatVector.fromArray(F, acc, accStart + vStride + F.length());
        FloatVector a12 = FloatVector.fromArray(F, acc, accStart + vStride + 2 * F.length());
        FloatVector a13 = FloatVector.fromArray(F, acc, accStart + vStride + 3 * F.length());
        FloatVector a20 = FloatVector.fromArray(F, acc, accStart + 2 * vStride);
        FloatVector a21 = FloatVector.fromArray(F, acc, accStart + 2 * vStride + F.length());
        FloatVector a22 = FloatVector.fromArray(F, acc, accStart + 2 * vStride + 2 * F.length());
        FloatVector a23 = FloatVector.fromArray(F, acc, accStart + 2 * vStride + 3 * F.length());
        FloatVector a30 = FloatVector.fromArray(F, acc, accStart + 3 * vStride);
        FloatVector a31 = FloatVector.fromArray(F, acc, accStart + 3 * vStride + F.length());
        FloatVector a32 = FloatVector.fromArray(F, acc, accStart + 3 * vStride + 2 * F.length());
        FloatVector a33 = FloatVector.fromArray(F, acc, accStart + 3 * vStride + 3 * F.length());
        for (int t = from, o = vStart + from * vStride; t < to; t++, o += vStride) {
            FloatVector v0 = FloatVector.fromArray(F, v, o);
            FloatVector v1 = FloatVector.fromArray(F, v, o + F.length());
            FloatVector v2 = FloatVector.fromArray(F, v, o + 2 * F.length());
            FloatVector v3 = FloatVector.fromArray(F, v, o + 3 * F.length());
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
            a01 = v1.fma(p0, a01);
            a02 = v2.fma(p0, a02);
            a03 = v3.fma(p0, a03);
            FloatVector p1 = FloatVector.broadcast(F, p[pStart + pStride + t]);
            a10 = v0.fma(p1, a10);
            a11 = v1.fma(p1, a11);
            a12 = v2.fma(p1, a12);
            a13 = v3.fma(p1, a13);
            FloatVector p2 = FloatVector.broadcast(F, p[pStart + 2 * pStride + t]);
            a20 = v0.fma(p2, a20);
            a21 = v1.fma(p2, a21);
            a22 = v2.fma(p2, a22);
            a23 = v3.fma(p2, a23);
            FloatVector p3 = FloatVector.broadcast(F, p[pStart + 3 * pStride + t]);
            a30 = v0.fma(p3, a30);
            a31 = v1.fma(p3, a31);
            a32 = v2.fma(p3, a32);
            a33 = v3.fma(p3, a33);
        }
        a00.intoArray(acc, accStart);
        a01.intoArray(acc, accStart + F.length());
        a02.intoArray(acc, accStart + 2 * F.length());
        a03.intoArray(acc, accStart + 3 * F.length());
        a10.intoArray(acc, accStart + vStride);
        a11.intoArray(acc, accStart + vStride + F.length());
        a12.intoArray(acc, accStart + vStride + 2 * F.length());
        a13.intoArray(acc, accStart + vStride + 3 * F.length());
        a20.intoArray(acc, accStart + 2 * vStride);
        a21.intoArray(acc, accStart + 2 * vStride + F.length());
        a22.intoArray(acc, accStart + 2 * vStride + 2 * F.length());
        a23.intoArray(acc, accStart + 2 * vStride + 3 * F.length());
        a30.intoArray(acc, accStart + 3 * vStride);
        a31.intoArray(acc, accStart + 3 * vStride + F.length());
        a32.intoArray(acc, accStart + 3 * vStride + 2 * F.length());
        a33.intoArray(acc, accStart + 3 * vStride + 3 * F.length());
    }

    /** Four rows, one vector. */
    private static void tile4x1(
            float[] p,
            int pStart,
            int pStride,
            int from,
            int to,
            float[] v,
            int vStart,
            int vStride,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        FloatVector a10 = FloatVector.fromArray(F, acc, accStart + vStride);
        FloatVector a20 = FloatVector.fromArray(F, acc, accStart + 2 * vStride);
        FloatVector a30 = FloatVector.fromArray(F, acc, accStart + 3 * vStride);
        for (int t = from, o = vStart + from * vStride; t < to; t++, o += vStride) {
            FloatVector v0 = FloatVector.fromArray(F, v, o);
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
            FloatVector p1 = FloatVector.broadcast(F, p[pStart + pStride + t]);
            a10 = v0.fma(p1, a10);
            FloatVector p2 = FloatVector.broadcast(F, p[pStart + 2 * pStride + t]);
            a20 = v0.fma(p2, a20);
            FloatVector p3 = FloatVector.broadcast(F, p[pStart + 3 * pStride + t]);
            a30 = v0.fma(p3, a30);
        }
        a00.intoArray(acc, accStart);
        a10.intoArray(acc, accStart + vStride);
        a20.intoArray(acc, accStart + 2 * vStride);
        a30.intoArray(acc, accStart + 3 * vStride);
    }

    /** One row, four vectors. */
    private static void tile1x4(
            float[] p,
            int pStart,
            int pStride,
            int from,
            int to,
            float[] v,
            int vStart,
            int vStride,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        FloatVector a01 = FloatVector.fromArray(F, acc, accStart + F.length());
        FloatVector a02 = FloatVector.fromArray(F, acc, accStart + 2 * F.length());
        FloatVector a03 = FloatVector.fromArray(F, acc, accStart + 3 * F.length());
        for (int t = from, o = vStart + from * vStride; t < to; t++, o += vStride) {
            FloatVector v0 = FloatVector.fromArray(F, v, o);
            FloatVector v1 = FloatVector.fromArray(F, v, o + F.length());
            FloatVector v2 = FloatVector.fromArray(F, v, o + 2 * F.length());
            FloatVector v3 = FloatVector.fromArray(F, v, o + 3 * F.length());
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
            a01 = v1.fma(p0, a01);
            a02 = v2.fma(p0, a02);
            a03 = v3.fma(p0, a03);
        }
        a00.intoArray(acc, accStart);
        a01.intoArray(acc, accStart + F.length());
        a02.intoArray(acc, accStart + 2 * F.length());
        a03.intoArray(acc, accStart + 3 * F.length());
    }

    /** One row, one vector. */
    private static void tile1x1(
            float[] p,
            int pStart,
            int pStride,
            int from,
            int to,
            float[] v,
            int vStart,
            int vStride,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        for (int t = from, o = vStart + from * vStride; t < to; t++, o += vStride) {
            FloatVector v0 = FloatVector.fromArray(F, v, o);
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
        }
        a00.intoArray(acc, accStart);
    }
}
