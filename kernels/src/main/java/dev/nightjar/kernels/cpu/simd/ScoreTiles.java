package dev.nightjar.kernels.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scores of query rows against the keys of one block. Keys are transposed, {@code [dim, stride]},
 * so a vector holds the scores of neighbouring tokens and each score is one chain over d: the same
 * in every tile shape, and without a reduction.
 */
final class ScoreTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private ScoreTiles() {}

    /**
     * s [rows, stride] = q [rows, dim] · k [dim, stride].
     *
     * @param q rows from {@code qStart} on, contiguous
     * @param stride tokens of a block, padded to whole vectors
     * @param s rows from {@code sStart} on
     */
    static void scores(
            float[] q,
            int qStart,
            int rows,
            int dim,
            float[] k,
            int stride,
            float[] s,
            int sStart) {
        int r = 0;
        for (; r <= rows - 4; r += 4) {
            fourRows(q, qStart + r * dim, dim, k, stride, s, sStart + r * stride);
        }
        for (; r < rows; r++) {
            oneRow(q, qStart + r * dim, dim, k, stride, s, sStart + r * stride);
        }
    }

    private static void fourRows(
            float[] q, int qStart, int dim, float[] k, int stride, float[] s, int sStart) {
        int p = 0;
        for (; p <= stride - 2 * F.length(); p += 2 * F.length()) {
            tile4x2(q, qStart, dim, k, p, stride, s, sStart + p);
        }
        for (; p < stride; p += F.length()) {
            tile4x1(q, qStart, dim, k, p, stride, s, sStart + p);
        }
    }

    private static void oneRow(
            float[] q, int qStart, int dim, float[] k, int stride, float[] s, int sStart) {
        int p = 0;
        for (; p <= stride - 4 * F.length(); p += 4 * F.length()) {
            tile1x4(q, qStart, dim, k, p, stride, s, sStart + p);
        }
        for (; p < stride; p += F.length()) {
            tile1x1(q, qStart, dim, k, p, stride, s, sStart + p);
        }
    }

    /** Four rows, two vectors of tokens. */
    private static void tile4x2(
            float[] q,
            int qStart,
            int dim,
            float[] k,
            int kStart,
            int stride,
            float[] s,
            int sStart) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a11 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a21 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        FloatVector a31 = FloatVector.zero(F);
        for (int d = 0, o = kStart; d < dim; d++, o += stride) {
            FloatVector k0 = FloatVector.fromArray(F, k, o);
            FloatVector k1 = FloatVector.fromArray(F, k, o + F.length());
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
            a01 = k1.fma(q0, a01);
            FloatVector q1 = FloatVector.broadcast(F, q[qStart + dim + d]);
            a10 = k0.fma(q1, a10);
            a11 = k1.fma(q1, a11);
            FloatVector q2 = FloatVector.broadcast(F, q[qStart + 2 * dim + d]);
            a20 = k0.fma(q2, a20);
            a21 = k1.fma(q2, a21);
            FloatVector q3 = FloatVector.broadcast(F, q[qStart + 3 * dim + d]);
            a30 = k0.fma(q3, a30);
            a31 = k1.fma(q3, a31);
        }
        a00.intoArray(s, sStart);
        a01.intoArray(s, sStart + F.length());
        a10.intoArray(s, sStart + stride);
        a11.intoArray(s, sStart + stride + F.length());
        a20.intoArray(s, sStart + 2 * stride);
        a21.intoArray(s, sStart + 2 * stride + F.length());
        a30.intoArray(s, sStart + 3 * stride);
        a31.intoArray(s, sStart + 3 * stride + F.length());
    }

    /** Four rows, one vector. */
    private static void tile4x1(
            float[] q,
            int qStart,
            int dim,
            float[] k,
            int kStart,
            int stride,
            float[] s,
            int sStart) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        for (int d = 0, o = kStart; d < dim; d++, o += stride) {
            FloatVector k0 = FloatVector.fromArray(F, k, o);
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
            FloatVector q1 = FloatVector.broadcast(F, q[qStart + dim + d]);
            a10 = k0.fma(q1, a10);
            FloatVector q2 = FloatVector.broadcast(F, q[qStart + 2 * dim + d]);
            a20 = k0.fma(q2, a20);
            FloatVector q3 = FloatVector.broadcast(F, q[qStart + 3 * dim + d]);
            a30 = k0.fma(q3, a30);
        }
        a00.intoArray(s, sStart);
        a10.intoArray(s, sStart + stride);
        a20.intoArray(s, sStart + 2 * stride);
        a30.intoArray(s, sStart + 3 * stride);
    }

    /** One row, four vectors. */
    private static void tile1x4(
            float[] q,
            int qStart,
            int dim,
            float[] k,
            int kStart,
            int stride,
            float[] s,
            int sStart) {
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a02 = FloatVector.zero(F);
        FloatVector a03 = FloatVector.zero(F);
        for (int d = 0, o = kStart; d < dim; d++, o += stride) {
            FloatVector k0 = FloatVector.fromArray(F, k, o);
            FloatVector k1 = FloatVector.fromArray(F, k, o + F.length());
            FloatVector k2 = FloatVector.fromArray(F, k, o + 2 * F.length());
            FloatVector k3 = FloatVector.fromArray(F, k, o + 3 * F.length());
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
            a01 = k1.fma(q0, a01);
            a02 = k2.fma(q0, a02);
            a03 = k3.fma(q0, a03);
        }
        a00.intoArray(s, sStart);
        a01.intoArray(s, sStart + F.length());
        a02.intoArray(s, sStart + 2 * F.length());
        a03.intoArray(s, sStart + 3 * F.length());
    }

    /** One row, one vector. */
    private static void tile1x1(
            float[] q,
            int qStart,
            int dim,
            float[] k,
            int kStart,
            int stride,
            float[] s,
            int sStart) {
        FloatVector a00 = FloatVector.zero(F);
        for (int d = 0, o = kStart; d < dim; d++, o += stride) {
            FloatVector k0 = FloatVector.fromArray(F, k, o);
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
        }
        a00.intoArray(s, sStart);
    }
}
