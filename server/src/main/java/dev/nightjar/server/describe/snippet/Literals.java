package dev.nightjar.server.describe.snippet;

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

/**
 * A JSON value as a literal of a language, indented.
 *
 * @param trueWord how true is written
 * @param falseWord how false is written
 * @param nullWord how null is written
 */
record Literals(String trueWord, String falseWord, String nullWord) {

    /** For JSON itself, and JavaScript. */
    static final Literals JSON = new Literals("true", "false", "null");

    static final Literals PYTHON = new Literals("True", "False", "None");

    private static final String STEP = "    ";
    private static final String NARROW_STEP = "  ";

    /** The literal, whose first line stands at this depth already. */
    String text(JsonValue value, int depth) {
        return switch (value) {
            case JsonNull none -> nullWord;
            case JsonBoolean bool -> bool == JsonBoolean.TRUE ? trueWord : falseWord;
            case JsonInteger integer -> Long.toString(integer.value());
            case JsonDecimal decimal -> decimal.value().toString();
            case JsonString string -> quoted(string.value());
            case JsonArray array -> array(array, depth);
            case JsonObject object -> object(object, depth);
        };
    }

    private String array(JsonArray array, int depth) {
        return array.elements().stream()
                .map(element -> text(element, depth))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String object(JsonObject object, int depth) {
        String step = this.equals(PYTHON) ? STEP : NARROW_STEP;
        String outer = "\n" + step.repeat(depth);
        return object.members().entrySet().stream()
                .map(member -> quoted(member.getKey()) + ": " + text(member.getValue(), depth + 1))
                .collect(Collectors.joining("," + outer + step, "{" + outer + step, outer + "}"));
    }

    private static String quoted(String text) {
        return new String(JsonText.of(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }
}
