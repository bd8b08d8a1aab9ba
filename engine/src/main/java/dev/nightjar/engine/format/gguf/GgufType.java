package dev.nightjar.engine.format.gguf;

import java.util.List;
import java.util.Optional;

/** Types of metadata values, in the order of the ids that GGUF files store. */
public enum GgufType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    /** A uint64 length and so many bytes of UTF-8. */
    STRING(8),
    /** A uint32 element type, a uint64 count and the elements. */
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private static final List<GgufType> ALL = List.of(values());

    private final int minBytes;

    GgufType(int minBytes) {
        this.minBytes = minBytes;
    }

    /** The type with this id, or empty when no type has it. */
    public static Optional<GgufType> ofId(int id) {
        return id >= 0 && id < ALL.size() ? Optional.of(ALL.get(id)) : Optional.empty();
    }

    /** The number that names this type in a GGUF file. */
    public int id() {
        return ordinal();
    }

    /** Bytes of a value; of a string or an array, the bytes it has at least. */
    int minBytes() {
        return minBytes;
    }

    boolean isFixedSize() {
        return this != STRING && this != ARRAY;
    }

    boolean isInteger() {
        return isFixedSize() && !isFloat() && this != BOOL;
    }

    boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
