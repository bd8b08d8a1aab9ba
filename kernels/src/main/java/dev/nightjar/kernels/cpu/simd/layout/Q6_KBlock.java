package dev.nightjar.kernels.cpu.simd.layout;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A super-block of Q6_K as checkpoints have it: lower nibbles of halves of 128 weights, a byte for
 * two that are 64 apart, then their upper bits, a byte for four that are 32 apart, 16 scales and a
 * half.
 */
public final class Q6_KBlock {

    /** Bytes of the rows of a group as long as the blocks of those rows, the half first. */
    public static final GroupLayout LAYOUT = new GroupLayout(256, 210, 208, 0, 52);

    private static final int UPPER = 128;
    private static final int SCALES = 192;

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private Q6_KBlock() {}

    /** The bits of the half at {@code block}. */
    public static short half(MemorySegment data, long block) {
        return data.get(SHORT, block + LAYOUT.halfOffset());
    }

    /** The scales of the four runs of 16 weights from 64 times {@code chunk} on. */
    public static int scales(MemorySegment data, long block, int chunk) {
        return data.get(INT, block + SCALES + 4 * chunk);
    }

    /** The codes of eight weights in the bytes of a long, from a multiple of eight on. */
    public static long codes(MemorySegment data, long block, int column) {
        int half = column / 128;
        int quarter = column / 32 % 4;
        long lower = block + 64 * half + quarter % 2 * 32 + column % 32;
        long upper = block + UPPER + 32 * half + column % 32;
        return (data.get(LONG, upper) >>> 2 * quarter & 0x0303030303030303L) << 4
                | data.get(LONG, lower) >>> quarter / 2 * 4 & 0x0f0f0f0f0f0f0f0fL;
    }
}
