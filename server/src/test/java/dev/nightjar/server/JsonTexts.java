package dev.nightjar.server;

import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** JSON values as texts again. */
final class JsonTexts {

    private JsonTexts() {}

    static String of(JsonValue value) {
        return switch (value) {
            case JsonNull none -> "null";
            case JsonBoolean bool -> bool == JsonBoolean.TRUE ? "true" : "false";
            case JsonInteger integer -> Long.toString(integer.value());
            case JsonDecimal decimal -> decimal.value().toString();
            case JsonString string -> quoted(string.value());
            case JsonArray array ->
                    array.elements().stream()
                            .map(JsonTexts::of)
                            .collect(Collectors.joining(",", "[", "]"));
            case JsonObject object ->
                    object.members().entrySet().stream()
                            .map(member -> quoted(member.getKey()) + ":" + of(member.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        };
    }

    static double number(JsonValue value) {
        return value instanceof JsonInteger integer
                ? integer.value()
                : ((JsonDecimal) value).value().doubleValue();
    }

    private static String quoted(String text) {
        return new String(JsonText.of(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }
}
