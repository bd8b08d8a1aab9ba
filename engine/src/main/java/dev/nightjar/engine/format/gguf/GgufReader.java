package dev.nightjar.engine.format.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over one mapped file. It checks each length against the bytes that are left before it
 * moves, reads or allocates, so no number in a file can ask for more memory than the file has.
 *
 * <p>Not safe for use by several threads.
 */
final class GgufReader {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_STRING = Integer.MAX_VALUE - 8;
    private static final char REPLACEMENT = '\uFFFD';

    private final MemorySegment data;
    private final String file;
    private long position;
    private byte[] scratch = new byte[256];

    GgufReader(MemorySegment data, String file) {
        this(data, file, 0);
    }

    GgufReader(MemorySegment data, String file, long position) {
        this.data = data;
        this.file = file;
        this.position = position;
    }

    String file() {
        return file;
    }

    long position() {
        return position;
    }

    long remaining() {
        return data.byteSize() - position;
    }

    /** The next bytes without moving: {@code numBytes}, or fewer where the file ends. */
    byte[] peek(int numBytes) {
        return data.asSlice(position, Math.min(numBytes, remaining()))
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /** Moves forward over {@code numBytes} bytes. */
    void skip(long numBytes, String field) {
        require(numBytes, field);
        position += numBytes;
    }

    long uint8(String field) {
        require(1, field);
        return data.get(ValueLayout.JAVA_BYTE, position++) & 0xFFL;
    }

    long uint16(String field) {
        require(2, field);
        long value = data.get(SHORT, position) & 0xFFFFL;
        position += 2;
        return value;
    }

    int int32(String field) {
        require(4, field);
        int value = data.get(INT, position);
        position += 4;
        return value;
    }

    /** Eight bytes; a uint64 above 2^63-1 comes out negative. */
    long int64(String field) {
        require(8, field);
        long value = data.get(LONG, position);
        position += 8;
        return value;
    }

    /**
     * A uint64 that counts things of at least {@code minBytes} bytes each, which must fit into what
     * is left of the file.
     */
    long count(int minBytes, String field) {
        long at = position;
        long value = int64(field);
        if (value < 0 || value > remaining() / minBytes) {
            throw error(
                    field,
                    at,
                    "expected at most %d, which is all that the remaining %d bytes can hold, found %s"
                            .formatted(
                                    remaining() / minBytes,
                                    remaining(),
                                    Long.toUnsignedString(value)));
        }
        return value;
    }

    /** A string; malformed UTF-8 is an error. */
    String string(String field) {
        return string(field, 0, Integer.MAX_VALUE);
    }

    /** A string of {@code minBytes} to {@code maxBytes} bytes; malformed UTF-8 is an error. */
    String string(String field, int minBytes, int maxBytes) {
        long at = position;
        int length = stringLength(field);
        if (length < minBytes || length > maxBytes) {
            throw error(
                    field,
                    at,
                    "expected %d to %d bytes, found %d".formatted(minBytes, maxBytes, length));
        }
        String value = decode(length);
        if (value.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(length, field, at);
        }
        position += length;
        return value;
    }

    /** A string with malformed UTF-8 replaced by U+FFFD. */
    String lossyString(String field) {
        int length = stringLength(field);
        String value = decode(length);
        position += length;
        return value;
    }

    void skipString(String field) {
        int length = stringLength(field);
        position += length;
    }

    /**
     * Moves over {@code count} strings. The first loop makes no calls, as it walks the 400,000
     * strings of a vocabulary while the code is still interpreted; the second finds the words for
     * what does not fit.
     */
    void skipStrings(long count, String field) {
        long end = data.byteSize();
        long at = position;
        long i = 0;
        while (i < count && end - at >= Long.BYTES) {
            long length = data.get(LONG, at);
            if (length < 0 || length > Math.min(end - at - Long.BYTES, MAX_STRING)) {
                break;
            }
            at += Long.BYTES + length;
            i++;
        }
        position = at;
        for (; i < count; i++) {
            skipString(field);
        }
    }

    GgufFormatException error(String field, long offset, String problem) {
        return new GgufFormatException(file, field, offset, problem);
    }

    private int stringLength(String field) {
        long at = position;
        long length = count(1, field);
        if (length > MAX_STRING) {
            throw error(
                    field, at, "expected a string below 2 GiB, found %d bytes".formatted(length));
        }
        return (int) length;
    }

    /** Decodes the next bytes by way of the scratch array, which then holds them. */
    private String decode(int length) {
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, position, scratch, 0, length);
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }

    /** Tells a replacement character that the file contains from one that decoding put in. */
    private void requireUtf8(int length, String field, long at) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(scratch, 0, length));
        } catch (CharacterCodingException e) {
            throw error(field, at, "expected UTF-8, found malformed bytes");
        }
    }

    private void require(long numBytes, String field) {
        if (numBytes < 0 || numBytes > remaining()) {
            throw error(
                    field,
                    position,
                    "expected %s bytes, found the end of the file after %d; is the file complete?"
                            .formatted(Long.toUnsignedString(numBytes), remaining()));
        }
    }
}
