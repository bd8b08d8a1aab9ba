package dev.nightjar.server.dialect.oip;

import dev.nightjar.engine.tabular.ValueType;
import java.util.Arrays;
import java.util.List;

/** The protocol's types of elements. */
enum TensorType {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    FP32(4),
    FP64(8),
    /** Text in UTF-8; as bytes each with its length in front. */
    BYTES(0);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an element, 0 if that depends on it. */
    int bytes() {
        return bytes;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(TensorType::name).toList();
    }

    /** The type that a model's values have here. */
    static TensorType of(ValueType type) {
        return switch (type) {
            case FLOAT64 -> FP64;
            case FLOAT32 -> FP32;
            case INT64 -> INT64;
            case INT32 -> INT32;
            case BOOLEAN -> BOOL;
            case TEXT -> BYTES;
        };
    }

    boolean isFloat() {
        return this == FP16 || this == FP32 || this == FP64;
    }

    boolean isInteger() {
        return !isFloat() && this != BOOL && this != BYTES;
    }

    /** Whether values may stand where a model wants others: integers are numbers, too. */
    boolean fits(ValueType wanted) {
        return switch (wanted) {
            case FLOAT64, FLOAT32 -> isFloat() || isInteger();
            case INT64 -> isInteger() && this != UINT64;
            case INT32 -> isInteger() && this != UINT64 && this != INT64 && this != UINT32;
            case BOOLEAN -> this == BOOL;
            case TEXT -> this == BYTES;
        };
    }

    /** The smallest value of an integer. */
    double least() {
        return switch (this) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            default -> 0;
        };
    }

    /** The largest value of an integer, or just above for those that no double holds. */
    double most() {
        return switch (this) {
            case UINT8 -> 0xff;
            case UINT16 -> 0xffff;
            case UINT32 -> 0xffff_ffffL;
            case UINT64 -> 0x1p64;
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> 0x1p63;
            default -> 1;
        };
    }
}
