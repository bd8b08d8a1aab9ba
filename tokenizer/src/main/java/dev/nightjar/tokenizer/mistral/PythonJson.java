package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.jinja.text.DecimalText;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * JSON as the checkpoints were trained on it: Python's {@code json.dumps} with {@code
 * ensure_ascii=False}.
 */
final class PythonJson {
    private final StringBuilder out = new StringBuilder();

    private PythonJson() {}

    /** A plain value (null, Boolean, Number, String, List, Map) as JSON. */
    static String of(Object value) {
        PythonJson json = new PythonJson();
        json.write(value);
        return json.out.toString();
    }

    /** What a JSON text says; the text itself where it is none. */
    static Object parsed(String text) {
        try {
            return PlainJson.read(text);
        } catch (IOException notJson) {
            return text;
        }
    }

    private void write(Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> writeString(text);
            case Double number -> out.append(real(number));
            case Float number -> out.append(real(number));
            case List<?> items -> writeArray(items);
            case Map<?, ?> members -> writeObject(members);
            default -> out.append(value);
        }
    }

    private static String real(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Double.isNaN(value) ? "NaN" : DecimalText.repr(value);
    }

    private void writeArray(List<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item);
            separator = ", ";
        }
        out.append(']');
    }

    private void writeObject(Map<?, ?> members) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.append(separator);
            writeString(String.valueOf(member.getKey()));
            out.append(": ");
            write(member.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        out.append('"');
    }
}
