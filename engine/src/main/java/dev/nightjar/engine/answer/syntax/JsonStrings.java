package dev.nightjar.engine.answer.syntax;

import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON strings and the text in them. */
public final class JsonStrings {

    private JsonStrings() {}

    /** Appends a character as it may stand in a string, except for quotes and backslashes. */
    static void escape(char c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** A text as a JSON string. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                escape(c, out);
            }
        }
        return out.append('"').toString();
    }

    /** The text in a valid JSON value, if that is a string. */
    public static Optional<String> text(String json) {
        if (!json.startsWith("\"")) {
            return Optional.empty();
        }
        byte[] document = ("{\"text\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return JsonReader.readObject(document, "tool call", 0).members().get("text")
                        instanceof JsonString string
                ? Optional.of(string.value())
                : Optional.empty();
    }
}
