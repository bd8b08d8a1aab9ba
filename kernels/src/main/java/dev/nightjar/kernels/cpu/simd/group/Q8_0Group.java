package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A half as scale, then eight words of four codes each. Half to single: exponent and mantissa moved
 * to their places leave an exponent that is 112 too small. Loops step by fields, not constants, so
 * that the compiler leaves them in one piece, which memory prefetching rewards twofold.
 */
public final class Q8_0Group implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final GroupLayout LAYOUT = new GroupLayout(32, 34, 0, 2, 8);
    private int blockStep = LAYOUT.stepBytes();

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        MemorySegment panel = scratch.panel;
        for (int lane = 0; lane < GroupLayout.ROWS; lane += L) {
            long block = offset;
            for (int k = 0; k < count; k += 32, block += blockStep) {
                FloatVector d =
                        ((IntVector)
                                        ShortVector.fromMemorySegment(
                                                        S, data, block + 2 * lane, LITTLE_ENDIAN)
                                                .convertShape(S2I, I, 0))
                                .lanewise(LSHL, 13)
                                .and(0x8fffe000)
                                .reinterpretAsFloats()
                                .mul(0x1p112f);
                long word = block + GroupLayout.HALF_BYTES + 4 * lane;
                int p = k * GroupLayout.ROWS + lane;
                long last = block + LAYOUT.stepBytes();
                for (; word < last; word += scratch.wordStep, p += 4 * GroupLayout.ROWS) {
                    IntVector v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                            .mul(d)
                            .intoMemorySegment(panel, 4L * p, LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                            .mul(d)
                            .intoMemorySegment(panel, 4L * (p + GroupLayout.ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                            .mul(d)
                            .intoMemorySegment(
                                    panel, 4L * (p + 2 * GroupLayout.ROWS), LITTLE_ENDIAN);
                    ((FloatVector) v.lanewise(ASHR, 24).convert(I2F, 0))
                            .mul(d)
                            .intoMemorySegment(
                                    panel, 4L * (p + 3 * GroupLayout.ROWS), LITTLE_ENDIAN);
                }
            }
        }
    }

    /** Both groups at once: two sums per vector would wait for each other. */
    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        FloatVector c = FloatVector.zero(F);
        FloatVector d = FloatVector.zero(F);
        int step = scratch.wordStep;
        int k = xStart;
        long end = first + LAYOUT.bytes(n);
        long distance = second - first;
        for (long block = first; block < end; block += blockStep) {
            FloatVector f =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector g =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector h =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + distance, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector i =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S,
                                                    data,
                                                    block + distance + 2 * L,
                                                    LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            long one = block + GroupLayout.HALF_BYTES;
            long last = block + LAYOUT.stepBytes();
            for (; one < last; one += step, k += 4) {
                long two = one + distance;
                IntVector v = IntVector.fromMemorySegment(I, data, one, LITTLE_ENDIAN);
                IntVector w = IntVector.fromMemorySegment(I, data, one + 4 * L, LITTLE_ENDIAN);
                IntVector p = IntVector.fromMemorySegment(I, data, two, LITTLE_ENDIAN);
                IntVector q = IntVector.fromMemorySegment(I, data, two + 4 * L, LITTLE_ENDIAN);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a =
                        ((FloatVector) v.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(f)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(g)
                                .fma(y, b);
                c =
                        ((FloatVector) p.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(h)
                                .fma(y, c);
                d =
                        ((FloatVector) q.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(i)
                                .fma(y, d);
                y = FloatVector.broadcast(F, x[k + 1]);
                a =
                        ((FloatVector) v.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(f)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(g)
                                .fma(y, b);
                c =
                        ((FloatVector) p.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(h)
                                .fma(y, c);
                d =
                        ((FloatVector) q.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(i)
                                .fma(y, d);
                y = FloatVector.broadcast(F, x[k + 2]);
                a =
                        ((FloatVector) v.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(f)
                                .fma(y, a);
                b =
                        ((FloatVector) w.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(g)
                                .fma(y, b);
                c =
                        ((FloatVector) p.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(h)
                                .fma(y, c);
                d =
                        ((FloatVector) q.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                                .mul(i)
                                .fma(y, d);
                y = FloatVector.broadcast(F, x[k + 3]);
                a = ((FloatVector) v.lanewise(ASHR, 24).convert(I2F, 0)).mul(f).fma(y, a);
                b = ((FloatVector) w.lanewise(ASHR, 24).convert(I2F, 0)).mul(g).fma(y, b);
                c = ((FloatVector) p.lanewise(ASHR, 24).convert(I2F, 0)).mul(h).fma(y, c);
                d = ((FloatVector) q.lanewise(ASHR, 24).convert(I2F, 0)).mul(i).fma(y, d);
            }
        }
        a.intoArray(scratch.sums, 0);
        b.intoArray(scratch.sums, L);
        c.intoArray(scratch.sums, 2 * L);
        d.intoArray(scratch.sums, 3 * L);
    }

    @Override
    public int maxRows() {
        return MAX_ROWS;
    }

    @Override
    public void tile(
            int size,
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch,
            float[] sums,
            int at) {
        long end = offset + LAYOUT.bytes(n);
        if (size == 4) {
            Q8_0Tiles.tile4(data, offset, x, xStart, end, scratch, sums, at);
        } else {
            Q8_0Tiles.tile8(data, offset, x, xStart, end, scratch, sums, at);
        }
    }
}
