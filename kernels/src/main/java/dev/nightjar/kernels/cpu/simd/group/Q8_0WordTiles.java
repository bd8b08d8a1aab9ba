package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Q8_0Words} times 4 or 8 rows of factors, while words are decoded. */
public final class Q8_0WordTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;

    private Q8_0WordTiles() {}

    /**
     * Fences, which are no instructions, keep the columns of a word apart: the compiler would
     * convert all of them at once and run out of registers.
     */
    static void tile4(
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            long end,
            GroupScratch scratch,
            float[] sums,
            int at) {
        int blockBytes = scratch.wordStep * 8 + GroupLayout.HALF_BYTES;
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
        for (long block = offset; block < end; block += blockBytes) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(Q8_0Words.SCALE);
            FloatVector e =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(Q8_0Words.SCALE);
            long word = block + GroupLayout.HALF_BYTES;
            long last = word + 8 * GroupLayout.WORD_BYTES;
            for (; word < last; word += step, k += 16) {
                FloatVector p =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN)
                                                .convert(I2F, 0))
                                .mul(d);
                FloatVector q =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(
                                                        I, data, word + 4 * L, LITTLE_ENDIAN)
                                                .convert(I2F, 0))
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
                VarHandle.loadLoadFence();
                p =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 8)
                                                .convert(I2F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(
                                                        I, data, word + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 8)
                                                .convert(I2F, 0))
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
                VarHandle.loadLoadFence();
                p =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 16)
                                                .convert(I2F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(
                                                        I, data, word + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 16)
                                                .convert(I2F, 0))
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
                VarHandle.loadLoadFence();
                p =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 24)
                                                .convert(I2F, 0))
                                .mul(d);
                q =
                        ((FloatVector)
                                        IntVector.fromMemorySegment(
                                                        I, data, word + 4 * L, LITTLE_ENDIAN)
                                                .lanewise(LSHL, 24)
                                                .convert(I2F, 0))
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

    /** Half of the rows of a group: eight sums more would not fit the registers. */
    static void tile8(
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            long end,
            GroupScratch scratch,
            float[] sums,
            int at,
            int lane) {
        int blockBytes = scratch.wordStep * 8 + GroupLayout.HALF_BYTES;
        int step = scratch.wordStep;
        at += lane;
        FloatVector a0 = FloatVector.fromArray(F, sums, at);
        FloatVector a1 = FloatVector.fromArray(F, sums, at + 1 * ROWS);
        FloatVector a2 = FloatVector.fromArray(F, sums, at + 2 * ROWS);
        FloatVector a3 = FloatVector.fromArray(F, sums, at + 3 * ROWS);
        FloatVector a4 = FloatVector.fromArray(F, sums, at + 4 * ROWS);
        FloatVector a5 = FloatVector.fromArray(F, sums, at + 5 * ROWS);
        FloatVector a6 = FloatVector.fromArray(F, sums, at + 6 * ROWS);
        FloatVector a7 = FloatVector.fromArray(F, sums, at + 7 * ROWS);
        int k = xStart;
        for (long block = offset; block < end; block += blockBytes) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * lane, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(Q8_0Words.SCALE);
            long word = block + GroupLayout.HALF_BYTES + 4 * lane;
            long last = word + 8 * GroupLayout.WORD_BYTES;
            for (; word < last; word += step, k += 32) {
                IntVector v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                FloatVector p = ((FloatVector) v.convert(I2F, 0)).mul(d);
                a0 = p.fma(FloatVector.broadcast(F, x[k]), a0);
                a1 = p.fma(FloatVector.broadcast(F, x[k + 1]), a1);
                a2 = p.fma(FloatVector.broadcast(F, x[k + 2]), a2);
                a3 = p.fma(FloatVector.broadcast(F, x[k + 3]), a3);
                a4 = p.fma(FloatVector.broadcast(F, x[k + 4]), a4);
                a5 = p.fma(FloatVector.broadcast(F, x[k + 5]), a5);
                a6 = p.fma(FloatVector.broadcast(F, x[k + 6]), a6);
                a7 = p.fma(FloatVector.broadcast(F, x[k + 7]), a7);
                p = ((FloatVector) v.lanewise(LSHL, 8).convert(I2F, 0)).mul(d);
                a0 = p.fma(FloatVector.broadcast(F, x[k + 8]), a0);
                a1 = p.fma(FloatVector.broadcast(F, x[k + 9]), a1);
                a2 = p.fma(FloatVector.broadcast(F, x[k + 10]), a2);
                a3 = p.fma(FloatVector.broadcast(F, x[k + 11]), a3);
                a4 = p.fma(FloatVector.broadcast(F, x[k + 12]), a4);
                a5 = p.fma(FloatVector.broadcast(F, x[k + 13]), a5);
                a6 = p.fma(FloatVector.broadcast(F, x[k + 14]), a6);
                a7 = p.fma(FloatVector.broadcast(F, x[k + 15]), a7);
                p = ((FloatVector) v.lanewise(LSHL, 16).convert(I2F, 0)).mul(d);
                a0 = p.fma(FloatVector.broadcast(F, x[k + 16]), a0);
                a1 = p.fma(FloatVector.broadcast(F, x[k + 17]), a1);
                a2 = p.fma(FloatVector.broadcast(F, x[k + 18]), a2);
                a3 = p.fma(FloatVector.broadcast(F, x[k + 19]), a3);
                a4 = p.fma(FloatVector.broadcast(F, x[k + 20]), a4);
                a5 = p.fma(FloatVector.broadcast(F, x[k + 21]), a5);
                a6 = p.fma(FloatVector.broadcast(F, x[k + 22]), a6);
                a7 = p.fma(FloatVector.broadcast(F, x[k + 23]), a7);
                p = ((FloatVector) v.lanewise(LSHL, 24).convert(I2F, 0)).mul(d);
                a0 = p.fma(FloatVector.broadcast(F, x[k + 24]), a0);
                a1 = p.fma(FloatVector.broadcast(F, x[k + 25]), a1);
                a2 = p.fma(FloatVector.broadcast(F, x[k + 26]), a2);
                a3 = p.fma(FloatVector.broadcast(F, x[k + 27]), a3);
                a4 = p.fma(FloatVector.broadcast(F, x[k + 28]), a4);
                a5 = p.fma(FloatVector.broadcast(F, x[k + 29]), a5);
                a6 = p.fma(FloatVector.broadcast(F, x[k + 30]), a6);
                a7 = p.fma(FloatVector.broadcast(F, x[k + 31]), a7);
            }
        }
        a0.intoArray(sums, at);
        a1.intoArray(sums, at + 1 * ROWS);
        a2.intoArray(sums, at + 2 * ROWS);
        a3.intoArray(sums, at + 3 * ROWS);
        a4.intoArray(sums, at + 4 * ROWS);
        a5.intoArray(sums, at + 5 * ROWS);
        a6.intoArray(sums, at + 6 * ROWS);
        a7.intoArray(sums, at + 7 * ROWS);
    }
}
