package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.math.BigDecimal;

/**
 * Puts JSON values into the cells of a table, each of the type that the model declares: integers
 * are numbers too, but no fraction is an integer, and nothing but a boolean is a boolean.
 *
 * @param table that is filled
 * @param types one for each feature
 */
record Cells(TableBuilder table, ValueType[] types) {

    /** Where a cell stands in the body. */
    @FunctionalInterface
    interface Place {
        /** A path such as {@code inputs[2][1]}. */
        String of(int row, int column);
    }

    /**
     * Sets a cell of the last row.
     *
     * @throws ApiException naming the place, if the value is of another type
     */
    void set(int column, JsonValue value, int row, Place place) {
        ValueType type = types[column];
        switch (value) {
            case JsonInteger integer when type != ValueType.TEXT && type != ValueType.BOOLEAN -> {
                requireRange(type, integer.value(), value, row, column, place);
                table.set(column, integer.value());
            }
            case JsonDecimal decimal when isFloat(type) ->
                    table.set(column, decimal.value().doubleValue());
            case JsonDecimal decimal when type.isInteger() && isWhole(decimal.value()) -> {
                long whole = decimal.value().longValueExact();
                requireRange(type, whole, value, row, column, place);
                table.set(column, whole);
            }
            case JsonBoolean bool when type == ValueType.BOOLEAN ->
                    table.set(column, bool == JsonBoolean.TRUE ? 1 : 0);
            case JsonString text when type == ValueType.TEXT -> table.setText(column, text.value());
            case JsonNull none when isFloat(type) || type == ValueType.TEXT -> {
                // Cells begin as missing.
            }
            default -> throw wrong(type, value, place.of(row, column));
        }
    }

    private static boolean isFloat(ValueType type) {
        return type == ValueType.FLOAT64 || type == ValueType.FLOAT32;
    }

    private static boolean isWhole(BigDecimal value) {
        return value.precision() - value.scale() < Long.SIZE / 3
                && value.stripTrailingZeros().scale() <= 0;
    }

    private static void requireRange(
            ValueType type, long whole, JsonValue value, int row, int column, Place place) {
        if (type == ValueType.INT32 && whole != (int) whole) {
            throw wrong(type, value, place.of(row, column));
        }
    }

    private static ApiException wrong(ValueType type, JsonValue value, String path) {
        String found =
                switch (value) {
                    case JsonInteger integer -> Long.toString(integer.value());
                    case JsonDecimal decimal -> decimal.value().toString();
                    case JsonString text -> "the string '%s'".formatted(shortened(text.value()));
                    case JsonNull none -> "null; this type cannot be missing";
                    default -> value.kind();
                };
        return ApiError.invalidRequest(
                        "%s must be %s, found %s".formatted(path, FeatureTypes.words(type), found))
                .withParam(path)
                .asException();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
