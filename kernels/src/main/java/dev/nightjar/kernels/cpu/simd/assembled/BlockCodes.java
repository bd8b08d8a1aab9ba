package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Writes a block of 32 codes as a {@link TileForm} has them. Each form has its loop, without
 * helpers: a vector that is handed to one becomes an object in some JVMs.
 */
final class BlockCodes {

    /** Columns that {@link TileForm#SIXES} puts in another order. */
    static final int RUN = 16;

    private static final int BLOCK = NativeTiles.BLOCK;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> BYTES = VectorShapes.BYTES;
    private static final int L = VectorShapes.LANES;

    /** The order of {@link TileForm#SHORTS}. */
    private static final VectorShuffle<Integer> PAIRS =
            VectorShuffle.fromOp(I, i -> i & ~3 | (i & 1) << 1 | i >> 1 & 1);

    private BlockCodes() {}

    /** The sum of {@code count} codes, whole vectors. */
    static int sum(int[] codes, int from, int count) {
        IntVector sums = IntVector.zero(I);
        for (int i = from; i < from + count; i += L) {
            sums = sums.add(IntVector.fromArray(I, codes, i));
        }
        return sums.reduceLanes(ADD);
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

    /** {@link TileForm#SHORTS}. */
    static void shorts(int[] codes, MemorySegment memory, long to) {
        for (int i = 0; i < BLOCK; i += L) {
            ((ShortVector)
                            IntVector.fromArray(I, codes, i)
                                    .rearrange(PAIRS)
                                    .convertShape(I2S, VectorShapes.SHORTS, 0))
                    .intoMemorySegment(memory, to + 2 * i, LITTLE_ENDIAN);
        }
    }

    /** {@link TileForm#SIXES}. */
    static void sixes(int[] codes, MemorySegment memory, long to) {
        for (int from = 0; from < BLOCK; from += RUN) {
            IntVector v = IntVector.fromArray(I, codes, from);
            if (L == RUN) {
                ((ByteVector) v.rearrange(Sixes.FIRST).convertShape(I2B, BYTES, 0))
                        .intoMemorySegment(memory, to + from, LITTLE_ENDIAN);
                continue;
            }
            IntVector w = IntVector.fromArray(I, codes, from + L);
            ((ByteVector) v.rearrange(Sixes.FIRST, w).convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(memory, to + from, LITTLE_ENDIAN);
            ((ByteVector) v.rearrange(Sixes.LAST, w).convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(memory, to + from + L, LITTLE_ENDIAN);
        }
    }

    /** Only where a run is one vector or two; lanes from {@code L} on are those of the second. */
    private static final class Sixes {
        static final VectorShuffle<Integer> FIRST =
                VectorShuffle.fromArray(I, TileForm.SIX_COLUMNS, 0);
        static final VectorShuffle<Integer> LAST =
                VectorShuffle.fromArray(I, TileForm.SIX_COLUMNS, RUN - L);
    }
}
