package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.format.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;

/** The types of JSON schema; a number here is any number. */
public enum JsonKind {
    NULL,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT;

    /** The type that a schema calls so. */
    public static Optional<JsonKind> of(String name) {
        return switch (name) {
            case "null" -> Optional.of(NULL);
            case "boolean" -> Optional.of(BOOLEAN);
            case "integer" -> Optional.of(INTEGER);
            case "number" -> Optional.of(NUMBER);
            case "string" -> Optional.of(STRING);
            case "array" -> Optional.of(ARRAY);
            case "object" -> Optional.of(OBJECT);
            default -> Optional.empty();
        };
    }

    /** The type of a value. */
    public static JsonKind of(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonNull none -> NULL;
            case JsonValue.JsonBoolean flag -> BOOLEAN;
            case JsonValue.JsonInteger integer -> INTEGER;
            case JsonValue.JsonDecimal decimal ->
                    decimal.value() == Math.rint(decimal.value()) ? INTEGER : NUMBER;
            case JsonValue.JsonString text -> STRING;
            case JsonValue.JsonArray array -> ARRAY;
            case JsonValue.JsonObject object -> OBJECT;
        };
    }

    /** The exact value of a number; a decimal one as its shortest spelling. */
    public static BigDecimal number(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonInteger integer -> BigDecimal.valueOf(integer.value());
            case JsonValue.JsonDecimal decimal -> new BigDecimal(Double.toString(decimal.value()));
            default -> throw new IllegalArgumentException("no number: " + value.kind());
        };
    }
}
