package dev.nightjar.kernels.cpu.simd.kv;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Upper halves of floats, widened in registers.
 *
 * <p>Long because every tile is written out: what a helper passes as a vector may be boxed.
 */
public final class BFloat16Kv implements KvFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;

    @Override
    public void scoreFour(
            MemorySegment data,
            KvSlice at,
            int tokens,
            float[] q,
            int qStart,
            float[] s,
            int sStart,
            int sStride) {
        int t = 0;
        for (; t <= tokens - 2 * L; t += 2 * L) {
            score4x2(data, at, at.token + t, q, qStart, s, sStart + t, sStride);
        }
        for (; t < tokens; t += L) {
            score4x1(data, at, at.token + t, q, qStart, s, sStart + t, sStride);
        }
    }

    @Override
    public void scoreOne(
            MemorySegment data,
            KvSlice at,
            int tokens,
            float[] q,
            int qStart,
            float[] s,
            int sStart) {
        int t = 0;
        for (; t <= tokens - 4 * L; t += 4 * L) {
            score1x4(data, at, at.token + t, q, qStart, s, sStart + t);
        }
        for (; t < tokens; t += L) {
            score1x1(data, at, at.token + t, q, qStart, s, sStart + t);
        }
    }

    @Override
    public void addFour(
            MemorySegment data,
            KvSlice at,
            int from,
            int to,
            float[] p,
            int pStart,
            int pStride,
            float[] acc,
            int accStart,
            int accStride) {
        int d = 0;
        for (; d <= at.dim - 2 * L; d += 2 * L) {
            add4x2(data, at, d, from, to, p, pStart, pStride, acc, accStart + d, accStride);
        }
        for (; d < at.dim; d += L) {
            add4x1(data, at, d, from, to, p, pStart, pStride, acc, accStart + d, accStride);
        }
    }

    @Override
    public void addOne(
            MemorySegment data,
            KvSlice at,
            int from,
            int to,
            float[] p,
            int pStart,
            float[] acc,
            int accStart) {
        int d = 0;
        for (; d <= at.dim - 2 * L; d += 2 * L) {
            add1x2(data, at, d, from, to, p, pStart, acc, accStart + d);
        }
        for (; d < at.dim; d += L) {
            add1x1(data, at, d, from, to, p, pStart, acc, accStart + d);
        }
    }

    @Override
    public void unpackKeys(
            MemorySegment data,
            KvSlice at,
            int tokens,
            MemorySegment panel,
            int panelStart,
            int panelStride) {
        for (int d = 0; d < at.dim; d++) {
            long from = at.start + 2 * ((long) d * at.stride + at.token);
            long to = 4 * (panelStart + (long) d * panelStride);
            for (int t = 0; t < tokens; t += L) {
                ((IntVector)
                                ShortVector.fromMemorySegment(S, data, from + 2L * t, LITTLE_ENDIAN)
                                        .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 16)
                        .reinterpretAsFloats()
                        .intoMemorySegment(panel, to + 4L * t, LITTLE_ENDIAN);
            }
        }
    }

    @Override
    public void unpackValues(
            MemorySegment data,
            KvSlice at,
            int tokens,
            MemorySegment panel,
            int panelStart,
            int panelStride) {
        for (int t = 0; t < tokens; t++) {
            long from = at.start + 2 * ((long) (at.token + t) * at.stride);
            long to = 4 * (panelStart + (long) t * panelStride);
            for (int d = 0; d < at.dim; d += L) {
                ((IntVector)
                                ShortVector.fromMemorySegment(S, data, from + 2L * d, LITTLE_ENDIAN)
                                        .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 16)
                        .reinterpretAsFloats()
                        .intoMemorySegment(panel, to + 4L * d, LITTLE_ENDIAN);
            }
        }
    }

    /** Four rows, two vectors of tokens. */
    private static void score4x2(
            MemorySegment data,
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
        long step = 2L * at.stride;
        long o = at.start + 2L * t;
        for (int d = 0; d < dim; d++, o += step) {
            FloatVector k0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector k1 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
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
        a01.intoArray(s, sStart + L);
        a10.intoArray(s, sStart + sStride);
        a11.intoArray(s, sStart + sStride + L);
        a20.intoArray(s, sStart + 2 * sStride);
        a21.intoArray(s, sStart + 2 * sStride + L);
        a30.intoArray(s, sStart + 3 * sStride);
        a31.intoArray(s, sStart + 3 * sStride + L);
    }

    /** Four rows, one vector of tokens. */
    private static void score4x1(
            MemorySegment data,
            KvSlice at,
            int t,
            float[] q,
            int qStart,
            float[] s,
            int sStart,
            int sStride) {
        int dim = at.dim;
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector a20 = FloatVector.zero(F);
        FloatVector a30 = FloatVector.zero(F);
        long step = 2L * at.stride;
        long o = at.start + 2L * t;
        for (int d = 0; d < dim; d++, o += step) {
            FloatVector k0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
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
        a10.intoArray(s, sStart + sStride);
        a20.intoArray(s, sStart + 2 * sStride);
        a30.intoArray(s, sStart + 3 * sStride);
    }

    /** One row, four vectors of tokens. */
    private static void score1x4(
            MemorySegment data, KvSlice at, int t, float[] q, int qStart, float[] s, int sStart) {
        int dim = at.dim;
        FloatVector a00 = FloatVector.zero(F);
        FloatVector a01 = FloatVector.zero(F);
        FloatVector a02 = FloatVector.zero(F);
        FloatVector a03 = FloatVector.zero(F);
        long step = 2L * at.stride;
        long o = at.start + 2L * t;
        for (int d = 0; d < dim; d++, o += step) {
            FloatVector k0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector k1 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector k2 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 4 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector k3 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 6 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
            a01 = k1.fma(q0, a01);
            a02 = k2.fma(q0, a02);
            a03 = k3.fma(q0, a03);
        }
        a00.intoArray(s, sStart);
        a01.intoArray(s, sStart + L);
        a02.intoArray(s, sStart + 2 * L);
        a03.intoArray(s, sStart + 3 * L);
    }

    /** One row, one vector of tokens. */
    private static void score1x1(
            MemorySegment data, KvSlice at, int t, float[] q, int qStart, float[] s, int sStart) {
        int dim = at.dim;
        FloatVector a00 = FloatVector.zero(F);
        long step = 2L * at.stride;
        long o = at.start + 2L * t;
        for (int d = 0; d < dim; d++, o += step) {
            FloatVector k0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector q0 = FloatVector.broadcast(F, q[qStart + d]);
            a00 = k0.fma(q0, a00);
        }
        a00.intoArray(s, sStart);
    }

    /** Four rows, two vectors. */
    private static void add4x2(
            MemorySegment data,
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
        FloatVector a10 = FloatVector.fromArray(F, acc, accStart + accStride);
        FloatVector a11 = FloatVector.fromArray(F, acc, accStart + accStride + L);
        FloatVector a20 = FloatVector.fromArray(F, acc, accStart + 2 * accStride);
        FloatVector a21 = FloatVector.fromArray(F, acc, accStart + 2 * accStride + L);
        FloatVector a30 = FloatVector.fromArray(F, acc, accStart + 3 * accStride);
        FloatVector a31 = FloatVector.fromArray(F, acc, accStart + 3 * accStride + L);
        long step = 2L * at.stride;
        long o = at.start + from * step + 2L * d;
        for (int t = from; t < to; t++, o += step) {
            FloatVector v0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector v1 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
            a01 = v1.fma(p0, a01);
            FloatVector p1 = FloatVector.broadcast(F, p[pStart + pStride + t]);
            a10 = v0.fma(p1, a10);
            a11 = v1.fma(p1, a11);
            FloatVector p2 = FloatVector.broadcast(F, p[pStart + 2 * pStride + t]);
            a20 = v0.fma(p2, a20);
            a21 = v1.fma(p2, a21);
            FloatVector p3 = FloatVector.broadcast(F, p[pStart + 3 * pStride + t]);
            a30 = v0.fma(p3, a30);
            a31 = v1.fma(p3, a31);
        }
        a00.intoArray(acc, accStart);
        a01.intoArray(acc, accStart + L);
        a10.intoArray(acc, accStart + accStride);
        a11.intoArray(acc, accStart + accStride + L);
        a20.intoArray(acc, accStart + 2 * accStride);
        a21.intoArray(acc, accStart + 2 * accStride + L);
        a30.intoArray(acc, accStart + 3 * accStride);
        a31.intoArray(acc, accStart + 3 * accStride + L);
    }

    /** Four rows, one vector. */
    private static void add4x1(
            MemorySegment data,
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
        FloatVector a10 = FloatVector.fromArray(F, acc, accStart + accStride);
        FloatVector a20 = FloatVector.fromArray(F, acc, accStart + 2 * accStride);
        FloatVector a30 = FloatVector.fromArray(F, acc, accStart + 3 * accStride);
        long step = 2L * at.stride;
        long o = at.start + from * step + 2L * d;
        for (int t = from; t < to; t++, o += step) {
            FloatVector v0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
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
        a10.intoArray(acc, accStart + accStride);
        a20.intoArray(acc, accStart + 2 * accStride);
        a30.intoArray(acc, accStart + 3 * accStride);
    }

    /** One row, two vectors. */
    private static void add1x2(
            MemorySegment data,
            KvSlice at,
            int d,
            int from,
            int to,
            float[] p,
            int pStart,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        FloatVector a01 = FloatVector.fromArray(F, acc, accStart + L);
        long step = 2L * at.stride;
        long o = at.start + from * step + 2L * d;
        for (int t = from; t < to; t++, o += step) {
            FloatVector v0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector v1 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
            a01 = v1.fma(p0, a01);
        }
        a00.intoArray(acc, accStart);
        a01.intoArray(acc, accStart + L);
    }

    /** One row, one vector. */
    private static void add1x1(
            MemorySegment data,
            KvSlice at,
            int d,
            int from,
            int to,
            float[] p,
            int pStart,
            float[] acc,
            int accStart) {
        FloatVector a00 = FloatVector.fromArray(F, acc, accStart);
        long step = 2L * at.stride;
        long o = at.start + from * step + 2L * d;
        for (int t = from; t < to; t++, o += step) {
            FloatVector v0 =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, o, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 16)
                            .reinterpretAsFloats();
            FloatVector p0 = FloatVector.broadcast(F, p[pStart + t]);
            a00 = v0.fma(p0, a00);
        }
        a00.intoArray(acc, accStart);
    }
}
