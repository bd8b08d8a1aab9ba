package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Writes a block of 32 codes as a {@link TileForm} has them. Each form has its loop, without
 * helpers and without another order of lanes: in some JVMs a vector that is handed on, or turned
 * into another order, becomes an object.
 */
final class BlockCodes {

    /** Columns that {@link TileForm#SIXES} puts in another order. */
    static final int RUN = 16;

    private static final int BLOCK = NativeTiles.BLOCK;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> BYTES = VectorShapes.BYTES;
    private static final int L = VectorShapes.LANES;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private BlockCodes() {}

    /** The sum of all codes. */
    static int sum(int[] codes) {
        IntVector sums = IntVector.zero(I);
        for (int i = 0; i < BLOCK; i += L) {
            sums = sums.add(IntVector.fromArray(I, codes, i));
        }
        return sums.reduceLanes(ADD);
    }

    /** The sum of as many codes as a vector has lanes: half of a run, or a run. */
    static int sumOfVector(int[] codes, int from) {
        return IntVector.fromArray(I, codes, from).reduceLanes(ADD);
    }

    /** {@link TileForm#NATURAL}. */
    static void bytes(int[] codes, MemorySegment memory, long to) {
        for (int i = 0; i < BLOCK; i += L) {
            ((ByteVector) IntVector.fromArray(I, codes, i).convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(memory, to + i, LITTLE_ENDIAN);
        }
    }

    /** {@link TileForm#WIDE}: upper parts, rounded, and what they are short of. */
    static void wide(int[] codes, MemorySegment memory, long to) {
        for (int i = 0; i < BLOCK; i += L) {
            IntVector v = IntVector.fromArray(I, codes, i);
            IntVector upper = v.add(64).lanewise(ASHR, 7);
            ((ByteVector) upper.convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(memory, to + i, LITTLE_ENDIAN);
            ((ByteVector) v.sub(upper.lanewise(LSHL, 7)).convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(memory, to + BLOCK + i, LITTLE_ENDIAN);
        }
    }

    /** {@link TileForm#SHORTS}: as they come, then the two in the middle of each four change. */
    static void shorts(int[] codes, MemorySegment memory, long to) {
        for (int i = 0; i < BLOCK; i += L) {
            ((ShortVector)
                            IntVector.fromArray(I, codes, i)
                                    .convertShape(I2S, VectorShapes.SHORTS, 0))
                    .intoMemorySegment(memory, to + 2 * i, LITTLE_ENDIAN);
        }
        for (int i = 0; i < 2 * BLOCK; i += Long.BYTES) {
            long four = memory.get(LONG, to + i);
            long second = four & 0xffff0000L;
            long third = four >>> 16 & 0xffff0000L;
            memory.set(LONG, to + i, four & 0xffff00000000ffffL | second << 16 | third);
        }
    }

    /** {@link TileForm#SIXES}: as they come, then pairs of both halves of each run in turns. */
    static void sixes(int[] codes, MemorySegment memory, long to) {
        bytes(codes, memory, to);
        for (int i = 0; i < BLOCK; i += RUN) {
            long lower = memory.get(LONG, to + i);
            long upper = memory.get(LONG, to + i + Long.BYTES);
            memory.set(LONG, to + i, pairs(lower) | pairs(upper) << 16);
            long next = pairs(lower >>> 32) | pairs(upper >>> 32) << 16;
            memory.set(LONG, to + i + Long.BYTES, next);
        }
    }

    /** The lower two pairs of bytes, one in each half of a long. */
    private static long pairs(long bytes) {
        return bytes & 0xffff | (bytes & 0xffff0000L) << 16;
    }
}
