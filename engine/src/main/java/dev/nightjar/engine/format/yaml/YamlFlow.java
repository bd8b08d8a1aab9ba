package dev.nightjar.engine.format.yaml;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and maps in brackets, on one line or joined to one. */
final class YamlFlow {
    private static final int MAX_DEPTH = 32;

    private final String text;
    private final YamlLines lines;
    private int at;

    YamlFlow(String text, YamlLines lines) {
        this.text = text;
        this.lines = lines;
    }

    /** Whether as many brackets are closed as opened, those in quotes aside. */
    boolean isClosed() {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int end = YamlQuoted.end(text, i + 1, c);
                if (end < 0) {
                    return false;
                }
                i = end;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if ((c == ']' || c == '}') && --depth == 0) {
                return true;
            }
        }
        return false;
    }

    JsonValue read() {
        return value(0);
    }

    /** What stands behind the value. */
    String rest() {
        return text.substring(at);
    }

    private JsonValue value(int depth) {
        if (depth == MAX_DEPTH) {
            throw lines.error("at most %d levels".formatted(MAX_DEPTH), "more");
        }
        skipSpaces();
        return switch (peek()) {
            case '[' -> list(depth);
            case '{' -> map(depth);
            case '"', '\'' -> new JsonString(quoted());
            default -> YamlTypes.of(plain());
        };
    }

    private JsonArray list(int depth) {
        List<JsonValue> items = new ArrayList<>();
        at++;
        skipSpaces();
        while (peek() != ']') {
            items.add(value(depth + 1));
            separator(']');
        }
        at++;
        return new JsonArray(items);
    }

    private JsonObject map(int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        skipSpaces();
        while (peek() != '}') {
            char first = peek();
            String key = first == '"' || first == '\'' ? quoted() : plain();
            skipSpaces();
            JsonValue value = JsonNull.NULL;
            if (peek() == ':') {
                at++;
                skipSpaces();
                value = peek() == ',' || peek() == '}' ? value : value(depth + 1);
            }
            if (members.put(key, value) != null) {
                throw lines.error("each key once", key + " again");
            }
            separator('}');
        }
        at++;
        return new JsonObject(members);
    }

    private void separator(char close) {
        skipSpaces();
        if (peek() == ',') {
            at++;
            skipSpaces();
        } else if (peek() != close) {
            throw lines.error("\",\" or \"%c\"".formatted(close), "\"%c\"".formatted(peek()));
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw lines.error("a closing bracket", "the end");
        }
        return text.charAt(at);
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private String quoted() {
        char quote = peek();
        int end = YamlQuoted.end(text, at + 1, quote);
        if (end < 0) {
            throw lines.error("a closing quote", "the end");
        }
        String value = YamlQuoted.text(text.substring(at + 1, end), quote, lines);
        at = end + 1;
        return value;
    }

    private String plain() {
        int from = at;
        while (",[]{}".indexOf(peek()) < 0 && !isColon()) {
            at++;
        }
        String value = text.substring(from, at).strip();
        if (!value.isEmpty()) {
            YamlScalars.requirePlain(value, lines);
        } else {
            throw lines.error("a value", "\"%c\"".formatted(peek()));
        }
        return value;
    }

    private boolean isColon() {
        return peek() == ':'
                && (at + 1 >= text.length() || " ,]}".indexOf(text.charAt(at + 1)) >= 0);
    }
}
