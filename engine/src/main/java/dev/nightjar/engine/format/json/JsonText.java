package dev.nightjar.engine.format.json;

import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonBoolean;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.stream.Collectors;

/** JSON values as people read them: strings of the outermost level without quotes. */
public final class JsonText {

    private JsonText() {}

    /** The text of a value. */
    public static String of(JsonValue value) {
        return value instanceof JsonString string ? string.value() : nested(value);
    }

    private static String nested(JsonValue value) {
        return switch (value) {
            case JsonNull none -> "null";
            case JsonBoolean flag -> flag == JsonBoolean.TRUE ? "true" : "false";
            case JsonInteger integer -> Long.toString(integer.value());
            case JsonDecimal decimal -> Double.toString(decimal.value());
            case JsonString text -> '"' + text.value() + '"';
            case JsonArray array ->
                    array.elements().stream()
                            .map(JsonText::nested)
                            .collect(Collectors.joining(", ", "[", "]"));
            case JsonObject object ->
                    object.members().entrySet().stream()
                            .map(member -> member.getKey() + ": " + nested(member.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
