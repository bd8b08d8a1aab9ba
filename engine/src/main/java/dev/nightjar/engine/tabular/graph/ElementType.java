package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.tabular.ValueType;

/** The type of an array's elements. Numbers of all types are kept as doubles. */
public enum ElementType {
    FLOAT(ValueType.FLOAT32),
    DOUBLE(ValueType.FLOAT64),
    FLOAT16(ValueType.FLOAT32),
    INT8(ValueType.INT32),
    INT16(ValueType.INT32),
    INT32(ValueType.INT32),
    INT64(ValueType.INT64),
    UINT8(ValueType.INT32),
    UINT16(ValueType.INT32),
    UINT32(ValueType.INT64),
    BOOL(ValueType.BOOLEAN),
    TEXT(ValueType.TEXT);

    private final ValueType valueType;

    ElementType(ValueType valueType) {
        this.valueType = valueType;
    }

    /** The nearest type that tables have. */
    public ValueType valueType() {
        return valueType;
    }

    /** Whether elements have fractions. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16;
    }

    /** Whether elements are whole numbers. */
    public boolean isWhole() {
        return !isFloating() && this != BOOL && this != TEXT;
    }

    /** A number as this type holds it: rounded, or cut and wrapped. */
    public double round(double x) {
        return switch (this) {
            case FLOAT -> (float) x;
            case DOUBLE -> x;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) x));
            case INT8 -> (byte) (long) x;
            case INT16 -> (short) (long) x;
            case INT32 -> (int) (long) x;
            case INT64 -> (long) x;
            case UINT8 -> (long) x & 0xff;
            case UINT16 -> (long) x & 0xffff;
            case UINT32 -> (long) x & 0xffff_ffffL;
            case BOOL -> x != 0 ? 1 : 0;
            case TEXT -> throw new IllegalStateException("text is not rounded");
        };
    }
}
