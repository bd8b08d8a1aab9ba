package dev.nightjar.engine.format.gguf;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Predicate;

/**
 * The key-value pairs of a GGUF file to be written, in the order in which they are added. The keys
 * are the caller's business: none may be added twice.
 *
 * <p>Not safe for use by several threads.
 */
public final class GgufPairs {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long count;

    /** No pairs yet. */
    public GgufPairs() {}

    /** Adds a string. */
    public GgufPairs string(String key, String value) {
        return raw(key, GgufType.STRING.id(), GgufBytes.string(value));
    }

    /** Adds a truth value. */
    public GgufPairs bool(String key, boolean value) {
        return raw(key, GgufType.BOOL.id(), new byte[] {(byte) (value ? 1 : 0)});
    }

    /** Adds the low 32 bits as a uint32. */
    public GgufPairs uint32(String key, long value) {
        return raw(key, GgufType.UINT32.id(), GgufBytes.int32((int) value));
    }

    /** Adds an int32. */
    public GgufPairs int32(String key, int value) {
        return raw(key, GgufType.INT32.id(), GgufBytes.int32(value));
    }

    /** Adds the 64 bits as a uint64. */
    public GgufPairs uint64(String key, long value) {
        return raw(key, GgufType.UINT64.id(), GgufBytes.int64(value));
    }

    /** Adds a float32. */
    public GgufPairs float32(String key, double value) {
        int bits = Float.floatToIntBits((float) value);
        return raw(key, GgufType.FLOAT32.id(), GgufBytes.int32(bits));
    }

    /** Adds a float64. */
    public GgufPairs float64(String key, double value) {
        return raw(key, GgufType.FLOAT64.id(), GgufBytes.int64(Double.doubleToLongBits(value)));
    }

    /** Adds an array of strings. */
    public GgufPairs strings(String key, List<String> values) {
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        values.forEach(value -> elements.writeBytes(GgufBytes.string(value)));
        return array(key, GgufType.STRING, values.size(), elements.toByteArray());
    }

    /** Adds an array of int32. */
    public GgufPairs ints(String key, int... values) {
        return array(key, GgufType.INT32, values.length, GgufBytes.ints(values));
    }

    /** Adds an array of float32. */
    public GgufPairs floats(String key, float... values) {
        return array(key, GgufType.FLOAT32, values.length, GgufBytes.floats(values));
    }

    /** Adds an array of {@code count} elements that are bytes already. */
    GgufPairs array(String key, GgufType elementType, long count, byte[] elements) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(GgufBytes.int32(elementType.id()));
        value.writeBytes(GgufBytes.int64(count));
        value.writeBytes(elements);
        return raw(key, GgufType.ARRAY.id(), value.toByteArray());
    }

    /** Adds a value of the type with this id that is bytes already. */
    GgufPairs raw(String key, int typeId, byte[] value) {
        bytes.writeBytes(GgufBytes.string(key));
        bytes.writeBytes(GgufBytes.int32(typeId));
        bytes.writeBytes(value);
        count++;
        return this;
    }

    /** Adds pairs of another file byte for byte, those whose keys are wanted. */
    public GgufPairs copy(GgufMetadata metadata, Predicate<String> wanted) {
        for (String key : metadata.keys()) {
            if (wanted.test(key)) {
                byte[] value = metadata.valueBytes(key).toArray(ValueLayout.JAVA_BYTE);
                raw(key, metadata.type(key).orElseThrow().id(), value);
            }
        }
        return this;
    }

    /** Number of pairs. */
    long count() {
        return count;
    }

    /** All pairs as they stand in a file. */
    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
