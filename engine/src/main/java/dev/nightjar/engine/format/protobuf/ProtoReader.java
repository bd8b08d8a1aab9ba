package dev.nightjar.engine.format.protobuf;

import dev.nightjar.engine.format.MalformedFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one message. Each field begins with a varint, {@code number << 3 | wire type}:
 *
 * <pre>
 * 0  varint      seven bits a byte, the lowest first; the top bit says that more follow
 * 1  8 bytes     little-endian
 * 2  length      a varint, then so many bytes: text, bytes, a message, or packed numbers
 * 5  4 bytes     little-endian
 * </pre>
 *
 * <p>Call {@link #next}, look at {@link #field}, then read the value or {@link #skip} it. Nothing
 * is allocated beyond the file's own size. For one thread.
 */
public final class ProtoReader {
    private static final int MAX_DEPTH = 64;
    private static final int VARINT = 0;
    private static final int EIGHT = 1;
    private static final int LENGTH = 2;
    private static final int FOUR = 5;

    private final byte[] bytes;
    private final String file;
    private final int end;
    private final int depth;
    private int at;
    private int field;
    private int wire;

    /** A reader of a whole file. */
    public ProtoReader(byte[] bytes, String file) {
        this(bytes, file, 0, bytes.length, 0);
    }

    private ProtoReader(byte[] bytes, String file, int from, int end, int depth) {
        this.bytes = bytes;
        this.file = file;
        this.at = from;
        this.end = end;
        this.depth = depth;
    }

    /** Moves to the next field; false at the end. */
    public boolean next() {
        if (at == end) {
            return false;
        }
        long tag = rawVarint();
        wire = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > (1 << 29) - 1) {
            throw error("a field's number of 1 to 2^29 - 1", tag >>> 3);
        }
        field = (int) (tag >>> 3);
        return true;
    }

    /** The number of the field. */
    public int field() {
        return field;
    }

    /** An integer, a boolean or an enum's number. */
    public long varint() {
        require(VARINT);
        return rawVarint();
    }

    /** A float. */
    public float float32() {
        require(FOUR);
        return Float.intBitsToFloat(rawFour());
    }

    /** Text, which is UTF-8. */
    public String text() {
        require(LENGTH);
        int length = length();
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, at, length))
                            .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw error("text in UTF-8", "other bytes");
        }
    }

    /** Bytes, as a view of the file's. */
    public ByteBuffer bytes() {
        require(LENGTH);
        int length = length();
        ByteBuffer view = ByteBuffer.wrap(bytes, at, length).slice().asReadOnlyBuffer();
        at += length;
        return view;
    }

    /** A message inside of this one. */
    public ProtoReader message() {
        require(LENGTH);
        if (depth == MAX_DEPTH) {
            throw error("at most %d messages in each other".formatted(MAX_DEPTH), "more");
        }
        int length = length();
        ProtoReader below = new ProtoReader(bytes, file, at, at + length, depth + 1);
        at += length;
        return below;
    }

    /** One or more integers, packed or not. */
    public void varints(ProtoLongs into) {
        if (wire != LENGTH) {
            into.add(varint());
            return;
        }
        int length = length();
        for (int stop = at + length; at < stop; ) {
            into.add(rawVarint());
            requireBefore(stop);
        }
    }

    /** One or more floats, packed or not. */
    public void floats(ProtoDoubles into) {
        if (wire != LENGTH) {
            into.add(float32());
            return;
        }
        int length = multiple(length(), 4);
        for (int stop = at + length; at < stop; ) {
            into.add(Float.intBitsToFloat(rawFour()));
        }
    }

    /** One or more doubles, packed or not. */
    public void doubles(ProtoDoubles into) {
        if (wire != LENGTH) {
            require(EIGHT);
            into.add(Double.longBitsToDouble(rawEight()));
            return;
        }
        int length = multiple(length(), 8);
        for (int stop = at + length; at < stop; ) {
            into.add(Double.longBitsToDouble(rawEight()));
        }
    }

    /** Leaves the field's value out. */
    public void skip() {
        switch (wire) {
            case VARINT -> rawVarint();
            case EIGHT -> rawEight();
            case LENGTH -> {
                int length = length();
                at += length;
            }
            case FOUR -> rawFour();
            default -> throw error("a wire type of 0, 1, 2 or 5", wire);
        }
    }

    private void require(int expected) {
        if (wire != expected) {
            throw error("wire type " + expected, wire);
        }
    }

    private void requireBefore(int stop) {
        if (at > stop) {
            throw error("packed numbers of the length that is stated", "more");
        }
    }

    private int multiple(int length, int unit) {
        if (length % unit != 0) {
            throw error("a multiple of %d bytes".formatted(unit), length);
        }
        return length;
    }

    private long rawVarint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == end) {
                throw error("a number", "the end");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw error("a number of at most 10 bytes", "more");
    }

    private int length() {
        long length = rawVarint();
        if (length < 0 || length > end - at) {
            throw error("a length of at most " + (end - at), Long.toUnsignedString(length));
        }
        return (int) length;
    }

    private int rawFour() {
        if (end - at < 4) {
            throw error("4 bytes", end - at);
        }
        int value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        at += 4;
        return value;
    }

    private long rawEight() {
        if (end - at < 8) {
            throw error("8 bytes", end - at);
        }
        return rawFour() & 0xffff_ffffL | (long) rawFour() << 32;
    }

    /** An error at the place of reading. */
    public MalformedFileException error(String expected, Object found) {
        return new MalformedFileException(
                file, "field " + field, at, "expected %s, found %s".formatted(expected, found));
    }
}
