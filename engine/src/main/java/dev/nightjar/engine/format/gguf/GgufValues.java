package dev.nightjar.engine.format.gguf;

/** Decodes scalar metadata values of every width. */
final class GgufValues {
    private GgufValues() {}

    /** Any integer type as a long. */
    static long integer(String key, GgufType type, GgufReader reader) {
        return switch (type) {
            case UINT8 -> reader.uint8(key);
            case INT8 -> (byte) reader.uint8(key);
            case UINT16 -> reader.uint16(key);
            case INT16 -> (short) reader.uint16(key);
            case UINT32 -> Integer.toUnsignedLong(reader.int32(key));
            case INT32 -> reader.int32(key);
            case INT64 -> reader.int64(key);
            case UINT64 -> unsignedLong(key, reader);
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
                    throw new IllegalArgumentException("not an integer type: " + type);
        };
    }

    /** Any integer or float type as a double. */
    static double number(String key, GgufType type, GgufReader reader) {
        return switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(reader.int32(key));
            case FLOAT64 -> Double.longBitsToDouble(reader.int64(key));
            default -> integer(key, type, reader);
        };
    }

    /** A bool, which is one byte of 0 or 1. */
    static boolean bool(String key, GgufReader reader) {
        long at = reader.position();
        long value = reader.uint8(key);
        if (value > 1) {
            throw reader.error(key, at, "expected a bool of 0 or 1, found " + value);
        }
        return value == 1;
    }

    private static long unsignedLong(String key, GgufReader reader) {
        long at = reader.position();
        long value = reader.int64(key);
        if (value < 0) {
            throw reader.error(
                    key,
                    at,
                    "expected an integer below 2^63, found " + Long.toUnsignedString(value));
        }
        return value;
    }
}
