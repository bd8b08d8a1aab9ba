package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelFormatException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The key-value pairs of a GGUF file. Structure and sizes were checked when the file was opened;
 * values are decoded from the mapped memory when they are asked for, so an unused vocabulary of
 * 100,000 strings costs no heap. Values can be read until the file is closed, by any thread.
 *
 * <p>A getter throws {@link GgufFormatException} if the value has another type or does not fit, and
 * {@link ModelFormatException} if the key is absent, unless it returns an optional. Integers of any
 * width are accepted where an integer is asked for, and integers where a number is.
 */
public final class GgufMetadata {

    /**
     * Where the value of one key lies; of an array, type and number of its elements, and where the
     * elements lie.
     */
    record Entry(GgufType type, GgufType elementType, long count, long offset, long end) {}

    /** A type and a count stand before the elements of an array. */
    private static final long ARRAY_HEADER = 4 + 8;

    private final MemorySegment data;
    private final String file;
    private final Map<String, Entry> entries;

    GgufMetadata(MemorySegment data, String file, LinkedHashMap<String, Entry> entries) {
        this.data = data;
        this.file = file;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** All keys in the order of the file. */
    public Set<String> keys() {
        return entries.keySet();
    }

    /** Whether the file has this key. */
    public boolean contains(String key) {
        return entries.containsKey(key);
    }

    /** Type of the value, or empty if the key is absent. */
    public Optional<GgufType> type(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::type);
    }

    /** Type of the elements of an array, or empty if the value is no array. */
    public Optional<GgufType> elementType(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.type == GgufType.ARRAY)
                .map(Entry::elementType);
    }

    /** Number of elements of an array without decoding it; empty if the value is no array. */
    public OptionalLong arrayLength(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.type != GgufType.ARRAY
                ? OptionalLong.empty()
                : OptionalLong.of(entry.count);
    }

    /** A string. */
    public String string(String key) {
        return optionalString(key).orElseThrow(() -> missing(key, "a string"));
    }

    /** A string, or empty if the key is absent. */
    public Optional<String> optionalString(String key) {
        return find(key)
                .map(
                        entry -> {
                            require(key, entry, entry.type == GgufType.STRING, "a string");
                            return readerAt(entry.offset).string(key);
                        });
    }

    /** A truth value. */
    public boolean bool(String key) {
        return optionalBool(key).orElseThrow(() -> missing(key, "a bool"));
    }

    /** A truth value, or empty if the key is absent. */
    public Optional<Boolean> optionalBool(String key) {
        return find(key)
                .map(
                        entry -> {
                            require(key, entry, entry.type == GgufType.BOOL, "a bool");
                            return GgufValues.bool(key, readerAt(entry.offset));
                        });
    }

    /** An integer within the range of {@code int}. */
    public int intValue(String key) {
        return optionalInt(key).orElseThrow(() -> missing(key, "an integer"));
    }

    /** An integer within the range of {@code int}, or empty if the key is absent. */
    public OptionalInt optionalInt(String key) {
        Optional<Entry> entry = find(key);
        return entry.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(toInt(key, entry.get().offset, scalarLong(key, entry.get())));
    }

    /** An integer within the range of {@code long}. */
    public long longValue(String key) {
        return optionalLong(key).orElseThrow(() -> missing(key, "an integer"));
    }

    /** An integer within the range of {@code long}, or empty if the key is absent. */
    public OptionalLong optionalLong(String key) {
        Optional<Entry> entry = find(key);
        return entry.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(scalarLong(key, entry.get()));
    }

    /** A number, possibly NaN or infinite. */
    public double doubleValue(String key) {
        return optionalDouble(key).orElseThrow(() -> missing(key, "a number"));
    }

    /** A number, possibly NaN or infinite, or empty if the key is absent. */
    public OptionalDouble optionalDouble(String key) {
        Optional<Entry> entry = find(key);
        if (entry.isEmpty()) {
            return OptionalDouble.empty();
        }
        GgufType type = entry.get().type;
        require(key, entry.get(), type.isFloat() || type.isInteger(), "a number");
        return OptionalDouble.of(GgufValues.number(key, type, readerAt(entry.get().offset)));
    }

    /** An array of strings, decoded anew by each call. */
    public List<String> strings(String key) {
        return optionalStrings(key).orElseThrow(() -> missing(key, "an array of strings"));
    }

    /** An array of strings, or empty if the key is absent. */
    public Optional<List<String>> optionalStrings(String key) {
        return find(key)
                .map(
                        entry -> {
                            boolean fits = entry.elementType == GgufType.STRING;
                            int count = arrayCount(key, entry, fits, "an array of strings");
                            GgufReader reader = readerAt(entry.offset);
                            List<String> values = new ArrayList<>(count);
                            for (int i = 0; i < count; i++) {
                                values.add(reader.string(key));
                            }
                            return Collections.unmodifiableList(values);
                        });
    }

    /** An array of integers, each within the range of {@code int}. */
    public int[] ints(String key) {
        return optionalInts(key).orElseThrow(() -> missing(key, "an array of integers"));
    }

    /** An array of integers, each within the range of {@code int}, or empty if absent. */
    public Optional<int[]> optionalInts(String key) {
        return find(key)
                .map(
                        entry -> {
                            boolean fits =
                                    entry.elementType != null && entry.elementType.isInteger();
                            int count = arrayCount(key, entry, fits, "an array of integers");
                            GgufReader reader = readerAt(entry.offset);
                            int[] values = new int[count];
                            for (int i = 0; i < count; i++) {
                                long at = reader.position();
                                values[i] =
                                        toInt(
                                                key,
                                                at,
                                                GgufValues.integer(key, entry.elementType, reader));
                            }
                            return values;
                        });
    }

    /** An array of truth values. */
    public List<Boolean> bools(String key) {
        Entry entry = find(key).orElseThrow(() -> missing(key, "an array of booleans"));
        boolean fits = entry.elementType == GgufType.BOOL;
        int count = arrayCount(key, entry, fits, "an array of booleans");
        GgufReader reader = readerAt(entry.offset);
        List<Boolean> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.uint8(key) != 0);
        }
        return Collections.unmodifiableList(values);
    }

    /** An array of numbers. */
    public float[] floats(String key) {
        return optionalFloats(key).orElseThrow(() -> missing(key, "an array of numbers"));
    }

    /** An array of numbers, or empty if the key is absent. */
    public Optional<float[]> optionalFloats(String key) {
        return find(key)
                .map(
                        entry -> {
                            GgufType type = entry.elementType;
                            boolean fits = type != null && (type.isFloat() || type.isInteger());
                            int count = arrayCount(key, entry, fits, "an array of numbers");
                            GgufReader reader = readerAt(entry.offset);
                            float[] values = new float[count];
                            for (int i = 0; i < count; i++) {
                                values[i] = (float) GgufValues.number(key, type, reader);
                            }
                            return values;
                        });
    }

    /**
     * The value as text for people: a scalar as it is, an array as its type and length. A value
     * that the other getters would refuse is shown as well as can be, so that a damaged file can be
     * inspected.
     */
    public String text(String key) {
        Entry entry = find(key).orElseThrow(() -> missing(key, "a value"));
        return switch (entry.type) {
            case ARRAY -> "%s[%d]".formatted(entry.elementType, entry.count);
            case STRING -> readerAt(entry.offset).lossyString(key);
            case BOOL -> Boolean.toString(readerAt(entry.offset).uint8(key) != 0);
            case UINT64 -> Long.toUnsignedString(readerAt(entry.offset).int64(key));
            case FLOAT32 -> Float.toString((float) doubleValue(key));
            case FLOAT64 -> Double.toString(doubleValue(key));
            default -> Long.toString(longValue(key));
        };
    }

    /** The value as it stands in the file, type and length of an array included. */
    MemorySegment valueBytes(String key) {
        Entry entry = find(key).orElseThrow(() -> missing(key, "a value"));
        long start = entry.type == GgufType.ARRAY ? entry.offset - ARRAY_HEADER : entry.offset;
        return data.asSlice(start, entry.end - start);
    }

    /** An error about the value of a key that is present. */
    GgufFormatException error(String key, String problem) {
        return new GgufFormatException(file, key, entries.get(key).offset, problem);
    }

    private ModelFormatException missing(String key, String expected) {
        return new ModelFormatException(
                "%s: metadata key %s is missing, expected %s".formatted(file, key, expected));
    }

    private Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    private GgufReader readerAt(long offset) {
        return new GgufReader(data, file, offset);
    }

    private void require(String key, Entry entry, boolean fits, String expected) {
        if (!fits) {
            String found =
                    entry.type == GgufType.ARRAY
                            ? "an array of " + entry.elementType
                            : entry.type.toString();
            throw error(key, "expected %s, found %s".formatted(expected, found));
        }
    }

    private int arrayCount(String key, Entry entry, boolean fits, String expected) {
        require(key, entry, fits, expected);
        if (entry.count > Integer.MAX_VALUE - 8) {
            throw error(key, "expected fewer than 2^31 elements, found " + entry.count);
        }
        return (int) entry.count;
    }

    private long scalarLong(String key, Entry entry) {
        require(key, entry, entry.type.isInteger(), "an integer");
        return GgufValues.integer(key, entry.type, readerAt(entry.offset));
    }

    private int toInt(String key, long offset, long value) {
        if (value != (int) value) {
            throw new GgufFormatException(
                    file, key, offset, "expected an integer below 2^31, found " + value);
        }
        return (int) value;
    }
}
