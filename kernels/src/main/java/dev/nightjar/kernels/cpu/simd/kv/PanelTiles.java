package dev.nightjar.kernels.cpu.simd.kv;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles for more rows than {@link Float32Kv} takes at once, against keys and values that
 * lie decoded in a panel. They pay where there are 32 vector registers.
 */
public final class PanelTiles {

    /** Rows of a score tile. */
    public static final int SCORE_ROWS = 12;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    private PanelTiles() {}

    /** Twelve rows, two vectors of tokens from {@code t} on. */
    public static void score12x2(
            MemorySegment panel,
            KvSlice at,
            int t,
            float[] q,
            int qStart,
            float[] s,
            int sStart,
            int sStride) {
        int dim = at.dim;
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a11 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a21 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        FloatVector a31 = FloatVector.zero(F);
        FloatVector a40 = FloatVector.zero(F);
        FloatVector a41 = FloatVector.zero(F);
        FloatVector a50 = FloatVector.zero(F);
        FloatVector a51 = FloatVector.zero(F);
        FloatVector a60 = FloatVector.zero(F);
        FloatVector a61 = FloatVector.zero(F);
        FloatVector a70 = FloatVector.zero(F);
        FloatVector a71 = FloatVector.zero(F);
        FloatVector a80 = FloatVector.zero(F);
        FloatVector a81 = FloatVector.zero(F);
        FloatVector a90 = FloatVector.zero(F);
        FloatVector a91 = FloatVector.zero(F);
        FloatVector a100 = FloatVector.zero(F);
        FloatVector a101 = FloatVector.zero(F);
        FloatVector a110 = FloatVector.zero(F);
        FloatVector a111 = FloatVector.zero(F);
        long step = 4L * at.stride;
        long o = at.start + 4L * t;
        for (int d = 0; d < dim; d++, o += step) {
            FloatVector k0 = FloatVector.fromMemorySegment(F, panel, o, LITTLE_ENDIAN);
            FloatVector k1 = FloatVector.fromMemorySegment(F, panel, o + 4 * L, LITTLE_ENDIAN);
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
            FloatVector q4 = FloatVector.broadcast(F, q[qStart + 4 * dim + d]);
            a40 = k0.fma(q4, a40);
            a41 = k1.fma(q4, a41);
            FloatVector q5 = FloatVector.broadcast(F, q[qStart + 5 * dim + d]);
            a50 = k0.fma(q5, a50);
            a51 = k1.fma(q5, a51);
            FloatVector q6 = FloatVector.broadcast(F, q[qStart + 6 * dim + d]);
            a60 = k0.fma(q6, a60);
            a61 = k1.fma(q6, a61);
            FloatVector q7 = FloatVector.broadcast(F, q[qStart + 7 * dim + d]);
            a70 = k0.fma(q7, a70);
            a71 = k1.fma(q7, a71);
            FloatVector q8 = FloatVector.broadcast(F, q[qStart + 8 * dim + d]);
            a80 = k0.fma(q8, a80);
            a81 = k1.fma(q8, a81);
            FloatVector q9 = FloatVector.broadcast(F, q[qStart + 9 * dim + d]);
            a90 = k0.fma(q9, a90);
            a91 = k1.fma(q9, a91);
            FloatVector q10 = FloatVector.broadcast(F, q[qStart + 10 * dim + d]);
            a100 = k0.fma(q10, a100);
            a101 = k1.fma(q10, a101);
            FloatVector q11 = FloatVector.broadcast(F, q[qStart + 11 * dim + d]);
            a110 = k0.fma(q11, a110);
            a111 = k1.fma(q11, a111);
        }
        a00.intoArray(s, sStart);
        a01.intoArray(s, sStart + L);
        a10.intoArray(s, sStart + sStride);
        a11.intoArray(s, sStart + sStride + L);
        a20.intoArray(s, sStart + 2 * sStride);
        a21.intoArray(s, sStart + 2 * sStride + L);
        a30.intoArray(s, sStart + 3 * sStride);
        a31.intoArray(s, sStart + 3 * sStride + L);
        a40.intoArray(s, sStart + 4 * sStride);
        a41.intoArray(s, sStart + 4 * sStride + L);
        a50.intoArray(s, sStart + 5 * sStride);
        a51.intoArray(s, sStart + 5 * sStride + L);
        a60.intoArray(s, sStart + 6 * sStride);
        a61.intoArray(s, sStart + 6 * sStride + L);
        a70.intoArray(s, sStart + 7 * sStride);
        a71.intoArray(s, sStart + 7 * sStride + L);
        a80.intoArray(s, sStart + 8 * sStride);
        a81.intoArray(s, sStart + 8 * sStride + L);
        a90.intoArray(s, sStart + 9 * sStride);
        a91.intoArray(s, sStart + 9 * sStride + L);
        a100.intoArray(s, sStart + 10 * sStride);
        a101.intoArray(s, sStart + 10 * sStride + L);
        a110.intoArray(s, sStart + 11 * sStride);
        a111.intoArray(s, sStart + 11 * sStride + L);
    }

    /** Four rows, four vectors from element {@code d} on, tokens {@code [from, to)}. */
    public static void add4x4(
            MemorySegment panel,
            KvSlice at,
            int d,
            int from,
            int to,
            float[] p,
            int pStart,
            int pStride,
            float[] acc,
            int accStart,
            int accStride) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        FloatVector a01 = FloatVector.fromArray(F, acc, accStart + L);
        FloatVector a02 = FloatVector.fromArray(F, acc, accStart + 2 * L);
        FloatVector a03 = FloatVector.fromArray(F, acc, accStart + 3 * L);
        FloatVector a10 = FloatVector.fromArray(F, acc, accStart + accStride);
        FloatVector a11 = FloatVector.fromArray(F, acc, accStart + accStride + L);
        FloatVector a12 = FloatVector.fromArray(F, acc, accStart + accStride + 2 * L);
        FloatVector a13 = FloatVector.fromArray(F, acc, accStart + accStride + 3 * L);
        FloatVector a20 = FloatVector.fromArray(F, acc, accStart + 2 * accStride);
        FloatVector a21 = FloatVector.fromArray(F, acc, accStart + 2 * accStride + L);
        FloatVector a22 = FloatVector.fromArray(F, acc, accStart + 2 * accStride + 2 * L);
        FloatVector a23 = FloatVector.fromArray(F, acc, accStart + 2 * accStride + 3 * L);
        FloatVector a30 = FloatVector.fromArray(F, acc, accStart + 3 * accStride);
        FloatVector a31 = FloatVector.fromArray(F, acc, accStart + 3 * accStride + L);
        FloatVector a32 = FloatVector.fromArray(F, acc, accStart + 3 * accStride + 2 * L);
        FloatVector a33 = FloatVector.fromArray(F, acc, accStart + 3 * accStride + 3 * L);
        long step = 4L * at.stride;
        long o = at.start + from * step + 4L * d;
        for (int t = from; t < to; t++, o += step) {
            FloatVector v0 = FloatVector.fromMemorySegment(F, panel, o, LITTLE_ENDIAN);
            FloatVector v1 = FloatVector.fromMemorySegment(F, panel, o + 4 * L, LITTLE_ENDIAN);
            FloatVector v2 = FloatVector.fromMemorySegment(F, panel, o + 8 * L, LITTLE_ENDIAN);
            FloatVector v3 = FloatVector.fromMemorySegment(F, panel, o + 12 * L, LITTLE_ENDIAN);
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
        a01.intoArray(acc, accStart + L);
        a02.intoArray(acc, accStart + 2 * L);
        a03.intoArray(acc, accStart + 3 * L);
        a10.intoArray(acc, accStart + accStride);
        a11.intoArray(acc, accStart + accStride + L);
        a12.intoArray(acc, accStart + accStride + 2 * L);
        a13.intoArray(acc, accStart + accStride + 3 * L);
        a20.intoArray(acc, accStart + 2 * accStride);
        a21.intoArray(acc, accStart + 2 * accStride + L);
        a22.intoArray(acc, accStart + 2 * accStride + 2 * L);
        a23.intoArray(acc, accStart + 2 * accStride + 3 * L);
        a30.intoArray(acc, accStart + 3 * accStride);
        a31.intoArray(acc, accStart + 3 * accStride + L);
        a32.intoArray(acc, accStart + 3 * accStride + 2 * L);
        a33.intoArray(acc, accStart + 3 * accStride + 3 * L);
    }
}
