package dev.nightjar.engine.format.document;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.document.DocumentValue.Members;
import dev.nightjar.engine.format.document.DocumentValue.Nothing;
import dev.nightjar.engine.format.document.DocumentValue.Number;
import dev.nightjar.engine.format.document.DocumentValue.Numbers;
import dev.nightjar.engine.format.document.DocumentValue.Text;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one UBJSON document (draft 12). A value is a marker and what it announces, numbers
 * big-endian:
 *
 * <table>
 * <caption>Markers</caption>
 * <tr><td>{@code i U I l L}</td><td>int8, uint8, int16, int32, int64</td></tr>
 * <tr><td>{@code d D}</td><td>float32, float64</td></tr>
 * <tr><td>{@code S C}</td><td>string with a length before it, one character</td></tr>
 * <tr><td>{@code T F Z N}</td><td>true, false, null, nothing at all</td></tr>
 * <tr><td>{@code [ ] { }}</td><td>array, object; then perhaps {@code $type}, {@code #count}</td></tr>
 * </table>
 */
final class UbjsonDocument {
    private static final int MAX_DEPTH = 64;

    private final ByteBuffer data;
    private final String file;

    private UbjsonDocument(byte[] bytes, String file) {
        data = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        this.file = file;
    }

    static DocumentValue read(byte[] bytes, String file) {
        UbjsonDocument document = new UbjsonDocument(bytes, file);
        try {
            DocumentValue value = document.value(document.marker(), 0);
            if (document.data.hasRemaining()) {
                throw document.error("expected the end after the document, found more");
            }
            return value;
        } catch (BufferUnderflowException cut) {
            throw document.error("expected more bytes, found the end; is the file complete?");
        }
    }

    private int marker() {
        int marker = data.get();
        while (marker == 'N') {
            marker = data.get();
        }
        return marker;
    }

    private DocumentValue value(int marker, int depth) {
        if (depth > MAX_DEPTH) {
            throw error("expected at most %d levels, found more".formatted(MAX_DEPTH));
        }
        return switch (marker) {
            case '{' -> members(depth);
            case '[' -> array(depth);
            case 'S', 'H' -> new Text(text());
            case 'C' -> new Text(Character.toString(data.get() & 0xff));
            case 'T' -> new Number(1);
            case 'F' -> new Number(0);
            case 'Z' -> Nothing.NOTHING;
            default -> new Number(number(marker));
        };
    }

    private double number(int marker) {
        return switch (marker) {
            case 'i' -> data.get();
            case 'U' -> data.get() & 0xff;
            case 'I' -> data.getShort();
            case 'l' -> data.getInt();
            case 'L' -> data.getLong();
            case 'd' -> data.getFloat();
            case 'D' -> data.getDouble();
            default -> throw error("expected a known marker, found 0x%02x".formatted(marker));
        };
    }

    private static int width(int marker) {
        return switch (marker) {
            case 'i', 'U' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> 0;
        };
    }

    private int count() {
        double count = number(data.get());
        if (!(count >= 0 && count <= data.remaining())) {
            throw error(
                    "expected at most %d more elements, found a count of %s"
                            .formatted(data.remaining(), count));
        }
        return (int) count;
    }

    private String text() {
        byte[] bytes = new byte[count()];
        data.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private DocumentValue members(int depth) {
        Map<String, DocumentValue> members = new LinkedHashMap<>();
        Header header = header();
        for (int i = 0; header.count < 0 || i < header.count; i++) {
            if (header.count < 0) {
                int next = marker();
                if (next == '}') {
                    break;
                }
                data.position(data.position() - 1);
            }
            String name = text();
            int marker = header.type != 0 ? header.type : marker();
            if (members.put(name, value(marker, depth + 1)) != null) {
                throw error("expected each name once, found " + name + " again");
            }
        }
        return new Members(members);
    }

    /** Type of all elements or 0, their count or −1. */
    private record Header(int type, int count) {}

    private Header header() {
        int type = 0;
        int next = data.get();
        if (next == '$') {
            type = data.get();
            next = data.get();
            if (next != '#') {
                throw error("expected a count after a type, found none");
            }
        }
        if (next == '#') {
            return new Header(type, count());
        }
        data.position(data.position() - 1);
        return new Header(type, -1);
    }

    private DocumentValue array(int depth) {
        Header header = header();
        if (header.type != 0 && width(header.type) > 0) {
            return numbers(header);
        }
        if (header.type != 0 && header.type != 'S' && header.type != '{' && header.type != '[') {
            throw error("expected arrays of numbers or text, found " + (char) header.type);
        }
        Elements elements = new Elements();
        for (int i = 0; header.count < 0 || i < header.count; i++) {
            int marker = header.type != 0 ? header.type : marker();
            if (header.count < 0 && marker == ']') {
                break;
            }
            elements.add(value(marker, depth + 1));
        }
        return elements.value();
    }

    private Numbers numbers(Header header) {
        if ((long) header.count * width(header.type) > data.remaining()) {
            throw error("expected an array that ends in the file, found a longer one");
        }
        double[] values = new double[header.count];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(header.type);
        }
        return new Numbers(values);
    }

    private MalformedFileException error(String problem) {
        return new MalformedFileException(file, "UBJSON", data.position(), problem);
    }
}
