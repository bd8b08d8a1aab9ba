package dev.nightjar.engine.tabular;

import java.util.Arrays;
import java.util.Optional;

/** The type of a column or of a tensor's elements, by the names that others give it. */
public enum ValueType {
    FLOAT64("float64", "double"),
    FLOAT32("float32", "float"),
    INT64("int64", "long"),
    INT32("int32", "integer"),
    BOOLEAN("bool", "boolean"),
    TEXT("str", "string");

    private final String tensorName;
    private final String columnName;

    ValueType(String tensorName, String columnName) {
        this.tensorName = tensorName;
        this.columnName = columnName;
    }

    /** Its name as an element of tensors, for instance {@code float64}. */
    public String tensorName() {
        return tensorName;
    }

    /** Its name as a column, for instance {@code double}. */
    public String columnName() {
        return columnName;
    }

    /** Whether it holds whole numbers only. */
    public boolean isInteger() {
        return this == INT64 || this == INT32;
    }

    /** The type of either name. */
    public static Optional<ValueType> named(String name) {
        String plain = name.equals("object") ? "str" : name;
        return Arrays.stream(values())
                .filter(type -> type.tensorName.equals(plain) || type.columnName.equals(plain))
                .findFirst();
    }
}
