package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Q8_0Group} times 4 or 8 rows of activations, four columns at a time: with one, the sums
 * are as fast from cache, but memory is read a tenth slower.
 */
public final class Q8_0Tiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int SECOND = Q8_0Group.SECOND;
    private static final int PART = Q8_0Group.PART;

    private Q8_0Tiles() {}

    /** Four rows of activations; {@code end} is where the group ends. */
    static void tile4(
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            long end,
            GroupScratch scratch,
            float[] sums,
            int at) {
        int blockStep = scratch.wordStep * 8 + GroupLayout.HALF_BYTES;
        int step = scratch.wordStep;
        FloatVector a0 = FloatVector.fromArray(F, sums, at);
        FloatVector b0 = FloatVector.fromArray(F, sums, at + L);
        FloatVector a1 = FloatVector.fromArray(F, sums, at + 1 * ROWS);
        FloatVector b1 = FloatVector.fromArray(F, sums, at + 1 * ROWS + L);
        FloatVector a2 = FloatVector.fromArray(F, sums, at + 2 * ROWS);
        FloatVector b2 = FloatVector.fromArray(F, sums, at + 2 * ROWS + L);
        FloatVector a3 = FloatVector.fromArray(F, sums, at + 3 * ROWS);
        FloatVector b3 = FloatVector.fromArray(F, sums, at + 3 * ROWS + L);
        int k = xStart;
        for (long block = offset; block < end; block += blockStep) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector e =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            long column = block + GroupLayout.HALF_BYTES;
            long last = column + 32 * ROWS;
            for (; column < last; column += step, k += 16) {
                FloatVector p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(B, data, column, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                FloatVector q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + SECOND, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 1]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 2]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 3]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 4]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 5]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 6]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 7]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + 2 * ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + 2 * ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 8]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 9]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 10]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 11]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + 3 * ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + 3 * ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 12]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 13]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 14]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 15]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
            }
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + L);
        a1.intoArray(sums, at + 1 * ROWS);
        b1.intoArray(sums, at + 1 * ROWS + L);
        a2.intoArray(sums, at + 2 * ROWS);
        b2.intoArray(sums, at + 2 * ROWS + L);
        a3.intoArray(sums, at + 3 * ROWS);
        b3.intoArray(sums, at + 3 * ROWS + L);
    }

    /** Eight rows of activations; {@code end} is where the group ends. */
    static void tile8(
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            long end,
            GroupScratch scratch,
            float[] sums,
            int at) {
        int blockStep = scratch.wordStep * 8 + GroupLayout.HALF_BYTES;
        int step = scratch.wordStep;
        FloatVector a0 = FloatVector.fromArray(F, sums, at);
        FloatVector b0 = FloatVector.fromArray(F, sums, at + L);
        FloatVector a1 = FloatVector.fromArray(F, sums, at + 1 * ROWS);
        FloatVector b1 = FloatVector.fromArray(F, sums, at + 1 * ROWS + L);
        FloatVector a2 = FloatVector.fromArray(F, sums, at + 2 * ROWS);
        FloatVector b2 = FloatVector.fromArray(F, sums, at + 2 * ROWS + L);
        FloatVector a3 = FloatVector.fromArray(F, sums, at + 3 * ROWS);
        FloatVector b3 = FloatVector.fromArray(F, sums, at + 3 * ROWS + L);
        FloatVector a4 = FloatVector.fromArray(F, sums, at + 4 * ROWS);
        FloatVector b4 = FloatVector.fromArray(F, sums, at + 4 * ROWS + L);
        FloatVector a5 = FloatVector.fromArray(F, sums, at + 5 * ROWS);
        FloatVector b5 = FloatVector.fromArray(F, sums, at + 5 * ROWS + L);
        FloatVector a6 = FloatVector.fromArray(F, sums, at + 6 * ROWS);
        FloatVector b6 = FloatVector.fromArray(F, sums, at + 6 * ROWS + L);
        FloatVector a7 = FloatVector.fromArray(F, sums, at + 7 * ROWS);
        FloatVector b7 = FloatVector.fromArray(F, sums, at + 7 * ROWS + L);
        int k = xStart;
        for (long block = offset; block < end; block += blockStep) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector e =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            long column = block + GroupLayout.HALF_BYTES;
            long last = column + 32 * ROWS;
            for (; column < last; column += step, k += 32) {
                FloatVector p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(B, data, column, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                FloatVector q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + SECOND, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                FloatVector y = FloatVector.broadcast(F, x[k]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 1]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 2]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 3]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 4]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 5]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 6]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 7]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 8]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 9]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 10]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 11]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 12]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 13]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 14]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 15]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + 2 * ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + 2 * ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 16]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 17]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 18]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 19]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 20]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 21]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 22]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 23]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
                p =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B, data, column + 3 * ROWS, LITTLE_ENDIAN)
                                                .convertShape(B2F, F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        ByteVector.fromMemorySegment(
                                                        B,
                                                        data,
                                                        column + 3 * ROWS + SECOND,
                                                        LITTLE_ENDIAN)
                                                .convertShape(B2F, F, PART))
                                .mul(e);
                y = FloatVector.broadcast(F, x[k + 24]);
                a0 = p.fma(y, a0);
                b0 = q.fma(y, b0);
                y = FloatVector.broadcast(F, x[k + 25]);
                a1 = p.fma(y, a1);
                b1 = q.fma(y, b1);
                y = FloatVector.broadcast(F, x[k + 26]);
                a2 = p.fma(y, a2);
                b2 = q.fma(y, b2);
                y = FloatVector.broadcast(F, x[k + 27]);
                a3 = p.fma(y, a3);
                b3 = q.fma(y, b3);
                y = FloatVector.broadcast(F, x[k + 28]);
                a4 = p.fma(y, a4);
                b4 = q.fma(y, b4);
                y = FloatVector.broadcast(F, x[k + 29]);
                a5 = p.fma(y, a5);
                b5 = q.fma(y, b5);
                y = FloatVector.broadcast(F, x[k + 30]);
                a6 = p.fma(y, a6);
                b6 = q.fma(y, b6);
                y = FloatVector.broadcast(F, x[k + 31]);
                a7 = p.fma(y, a7);
                b7 = q.fma(y, b7);
            }
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + L);
        a1.intoArray(sums, at + 1 * ROWS);
        b1.intoArray(sums, at + 1 * ROWS + L);
        a2.intoArray(sums, at + 2 * ROWS);
        b2.intoArray(sums, at + 2 * ROWS + L);
        a3.intoArray(sums, at + 3 * ROWS);
        b3.intoArray(sums, at + 3 * ROWS + L);
        a4.intoArray(sums, at + 4 * ROWS);
        b4.intoArray(sums, at + 4 * ROWS + L);
        a5.intoArray(sums, at + 5 * ROWS);
        b5.intoArray(sums, at + 5 * ROWS + L);
        a6.intoArray(sums, at + 6 * ROWS);
        b6.intoArray(sums, at + 6 * ROWS + L);
        a7.intoArray(sums, at + 7 * ROWS);
        b7.intoArray(sums, at + 7 * ROWS + L);
    }
}
