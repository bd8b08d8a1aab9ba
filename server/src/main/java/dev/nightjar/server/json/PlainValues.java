package dev.nightjar.server.json;

import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as plain Java ones, for those who know nothing of this package. */
public final class PlainValues {

    private PlainValues() {}

    /** Null, a Boolean, Long, BigInteger, Double, String, List or Map. */
    public static Object of(JsonValue value) {
        return switch (value) {
            case JsonNull none -> null;
            case JsonBoolean bool -> bool == JsonBoolean.TRUE;
            case JsonInteger integer -> integer.value();
            case JsonDecimal decimal -> number(decimal.value());
            case JsonString string -> string.value();
            case JsonArray array -> list(array);
            case JsonObject object -> map(object);
        };
    }

    /** The members of an object, by name. */
    public static Map<String, Object> map(JsonObject object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> members.put(name, of(value)));
        return members;
    }

    /** The elements of an array. */
    public static List<Object> list(JsonArray array) {
        List<Object> elements = new ArrayList<>(array.elements().size());
        array.elements().forEach(element -> elements.add(of(element)));
        return elements;
    }

    /** What has no scale was written without point and exponent: too large for a long. */
    private static Object number(BigDecimal value) {
        return value.scale() == 0 ? value.toBigInteger() : value.doubleValue();
    }
}
