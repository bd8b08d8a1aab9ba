package dev.nightjar.kernels.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Unaligned little-endian access to checkpoint bytes, whatever the byte order of the machine. */
final class LittleEndian {

    static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /** The IEEE half at that byte offset. */
    static float half(MemorySegment source, long offset) {
        return Float.float16ToFloat(source.get(SHORT, offset));
    }

    /** Stores the nearest IEEE half. */
    static void putHalf(MemorySegment target, long offset, float value) {
        target.set(SHORT, offset, Float.floatToFloat16(value));
    }

    /** The byte at that offset as 0..255. */
    static int unsignedByte(MemorySegment source, long offset) {
        return source.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    /** Stores the low eight bits. */
    static void putByte(MemorySegment target, long offset, int value) {
        target.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
    }

    /** Sets bits of the byte at that offset; the low eight count. */
    static void or(MemorySegment target, long offset, int bits) {
        putByte(target, offset, unsignedByte(target, offset) | bits);
    }
}
