package dev.nightjar.tokenizer.format.syntax;

import dev.nightjar.tokenizer.TokenizerFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the fields of one protobuf message, a slice of an array. It copies nothing but strings, and
 * every length is checked against the message before it is used.
 *
 * <pre>
 * field   varint (number &lt;&lt; 3 | wire type), then
 *         0 varint   1 eight bytes   2 varint length and so many bytes   5 four bytes
 * </pre>
 */
public final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] file;
    private final int end;
    private int position;
    private int field;
    private int wireType;

    private ProtoReader(byte[] file, int from, int end) {
        this.file = file;
        this.position = from;
        this.end = end;
    }

    /** A reader of the message that is the whole file. */
    public static ProtoReader of(byte[] file) {
        return new ProtoReader(file, 0, file.length);
    }

    /** Goes to the next field; false at the end of the message. */
    public boolean next() {
        if (position == end) {
            return false;
        }
        long key = varint();
        wireType = (int) (key & 7);
        field = (int) (key >>> 3);
        if (key >>> 3 == 0 || key >>> 3 > 0x1FFFFFFF) {
            throw error("expected a field number from 1 to 2^29-1, found " + (key >>> 3));
        }
        return true;
    }

    /** The number of the field whose value comes next. */
    public int field() {
        return field;
    }

    /** Passes the value of the field over. */
    public void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> take(8);
            case BYTES -> take(length());
            case FIXED32 -> take(4);
            default -> throw error("expected wire type 0, 1, 2 or 5, found " + wireType);
        }
    }

    /** The value as an integer; negative ones have ten bytes and come out as such. */
    public long integer() {
        require(VARINT, "a number");
        return varint();
    }

    /** The value as a truth value. */
    public boolean bool() {
        return integer() != 0;
    }

    /** The value as a 32-bit float. */
    public float number() {
        require(FIXED32, "a float");
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getFloat(take(4));
    }

    /** The value as UTF-8 text. */
    public String string() {
        require(BYTES, "a string");
        int length = length();
        return new String(file, take(length), length, StandardCharsets.UTF_8);
    }

    /** A copy of the value as bytes. */
    public byte[] bytes() {
        require(BYTES, "bytes");
        int length = length();
        int start = take(length);
        return Arrays.copyOfRange(file, start, start + length);
    }

    /** A reader of the message that is the value. */
    public ProtoReader message() {
        require(BYTES, "a message");
        int length = length();
        int start = take(length);
        return new ProtoReader(file, start, start + length);
    }

    /** What is wrong at this place of the file. */
    public TokenizerFormatException error(String message) {
        return new TokenizerFormatException(
                "protobuf, byte %d, field %d: %s".formatted(position, field, message));
    }

    private void require(int expected, String name) {
        if (wireType != expected) {
            throw error(
                    "expected %s (wire type %d), found wire type %d"
                            .formatted(name, expected, wireType));
        }
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw error(
                    "expected a length of at most %d bytes, found %s"
                            .formatted(end - position, Long.toUnsignedString(length)));
        }
        return (int) length;
    }

    /** Moves on by so many bytes; where they begin. */
    private int take(int count) {
        if (count > end - position) {
            throw error("expected %d more bytes, found %d".formatted(count, end - position));
        }
        int start = position;
        position += count;
        return start;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte part = file[take(1)];
            value |= (part & 0x7FL) << 7 * i;
            if (part >= 0) {
                return value;
            }
        }
        throw error("expected a number of at most ten bytes, found a longer one");
    }
}
