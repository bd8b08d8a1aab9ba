package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.MalformedFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read once from front to back; every read is checked. */
public final class PickleInput {
    private static final int MAX_LINE = 1 << 16;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BIG_ENDIAN_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment data;
    private final String file;
    private final long base;
    private final long end;
    private long position;
    private int depth;

    /**
     * Starts at a byte of {@code data}.
     *
     * @param base byte of the file at which {@code data} begins, for errors
     * @param maxBytes most bytes that are read
     */
    PickleInput(MemorySegment data, String file, long base, long start, long maxBytes) {
        this.data = data;
        this.file = file;
        this.base = base;
        this.position = start;
        this.end = Math.min(data.byteSize(), start + maxBytes);
    }

    long position() {
        return position;
    }

    /** One byte, 0 to 255. */
    public int uint8() {
        return data.get(ValueLayout.JAVA_BYTE, take(1)) & 0xff;
    }

    int uint16() {
        return data.get(SHORT, take(2)) & 0xffff;
    }

    int int32() {
        return data.get(INT, take(4));
    }

    long int64() {
        return data.get(LONG, take(8));
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(data.get(BIG_ENDIAN_LONG, take(8)));
    }

    /** So many bytes, if they are there. */
    public byte[] bytes(long count) {
        if (count < 0 || count > end - position || count > Integer.MAX_VALUE - 8) {
            throw error(
                    "expected at most %d more bytes, found a length of %s"
                            .formatted(end - position, Long.toUnsignedString(count)));
        }
        return data.asSlice(take(count), count).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Bytes up to a line feed, as Latin-1 without it. */
    String line() {
        long limit = Math.min(end, position + MAX_LINE);
        for (long at = position; at < limit; at++) {
            if (data.get(ValueLayout.JAVA_BYTE, at) == '\n') {
                byte[] line = bytes(at - position);
                take(1);
                return new String(line, StandardCharsets.ISO_8859_1);
            }
        }
        throw error("expected the end of a line within %d bytes, found none".formatted(MAX_LINE));
    }

    /** An error at this place. */
    public MalformedFileException error(String problem) {
        return new MalformedFileException(file, "pickle", base + position, problem);
    }

    /**
     * A pickle of its own that stands here.
     *
     * @param maxDepth how many may stand in each other
     */
    public PickleValue nested(PickleGlobals globals, PickleHook hook, int maxDepth) {
        if (depth >= maxDepth) {
            throw error(
                    "expected at most %d pickles in each other, found more".formatted(maxDepth));
        }
        PickleInput inner = new PickleInput(data, file, base, position, end - position);
        inner.depth = depth + 1;
        PickleValue value = PickleReader.read(inner, globals, hook);
        position = inner.position;
        return value;
    }

    private long take(long count) {
        if (count > end - position) {
            throw error(
                    "expected %d more bytes, found %d; is the file complete?"
                            .formatted(count, end - position));
        }
        long at = position;
        position += count;
        return at;
    }
}
