package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.DecimalText;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Ordering;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code tojson} as chat templates know it: Python's {@code json.dumps} with {@code
 * ensure_ascii=False}, and nothing escaped for HTML.
 */
final class JsonWriter {
    private final Runtime runtime;
    private final boolean isAscii;
    private final Optional<String> indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean isSorted;
    private final StringBuilder out = new StringBuilder();
    private int level;

    private JsonWriter(BoundArguments arguments, Runtime runtime) {
        this.runtime = runtime;
        this.isAscii = arguments.flag("ensure_ascii");
        this.indent = arguments.some("indent").map(value -> indent(arguments, value));
        this.isSorted = arguments.flag("sort_keys");
        Optional<List<Value>> separators =
                arguments
                        .some("separators")
                        .map(value -> Iteration.list(value, runtime.budget()))
                        .filter(pair -> pair.size() == 2);
        this.itemSeparator =
                separators
                        .map(pair -> runtime.text(pair.getFirst()))
                        .orElse(indent.isPresent() ? "," : ", ");
        this.keySeparator = separators.map(pair -> runtime.text(pair.getLast())).orElse(": ");
    }

    private static String indent(BoundArguments arguments, Value value) {
        return value instanceof Str text
                ? text.value()
                : " ".repeat(Math.clamp(arguments.integer("indent", 0), 0, 1000));
    }

    static Value filter(Value value, Arguments arguments, Runtime runtime) {
        JsonWriter writer =
                new JsonWriter(
                        arguments.bind(
                                "tojson", "ensure_ascii", "indent", "separators", "sort_keys"),
                        runtime);
        writer.write(value);
        return Str.of(writer.out.toString());
    }

    private void append(String text) {
        runtime.budget().text(text.length());
        out.append(text);
    }

    private void write(Value value) {
        runtime.budget().step(1);
        switch (value) {
            case Str text -> writeString(text.value());
            case Seq seq when seq.isIndexed() -> writeArray(seq.items());
            case Dict dict -> writeObject(dict);
            default -> append(scalar(value));
        }
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Nothing none -> "null";
            case Bool bool -> bool.value() ? "true" : "false";
            case Int number -> number.value().toString();
            case Real number -> real(number.value());
            case Undefined undefined when undefined.mode() == Undefined.Mode.FAILS ->
                    throw undefined.failure();
            default ->
                    throw JinjaException.type(
                            "tojson: a value of type '%s' has no JSON form"
                                    .formatted(value.typeName()));
        };
    }

    private static String real(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Double.isNaN(value) ? "NaN" : DecimalText.repr(value);
    }

    private void newLine() {
        indent.ifPresent(
                space -> {
                    append("\n");
                    runtime.budget().text((long) level * space.length());
                    out.repeat(space, level);
                });
    }

    private void writeArray(List<Value> items) {
        if (items.isEmpty()) {
            append("[]");
            return;
        }
        append("[");
        level++;
        for (int i = 0; i < items.size(); i++) {
            append(i == 0 ? "" : itemSeparator);
            newLine();
            write(items.get(i));
        }
        level--;
        newLine();
        append("]");
    }

    private void writeObject(Dict dict) {
        if (dict.entries().isEmpty()) {
            append("{}");
            return;
        }
        append("{");
        level++;
        String separator = "";
        for (Iterator<Map.Entry<Value, Value>> entries = entries(dict); entries.hasNext(); ) {
            Map.Entry<Value, Value> entry = entries.next();
            append(separator);
            newLine();
            writeString(key(entry.getKey()));
            append(keySeparator);
            write(entry.getValue());
            separator = itemSeparator;
        }
        level--;
        newLine();
        append("}");
    }

    private Iterator<Map.Entry<Value, Value>> entries(Dict dict) {
        if (!isSorted) {
            return dict.entries().entrySet().iterator();
        }
        Comparator<Value> order = (a, b) -> Ordering.compare(a, b, "<").orElse(0);
        return dict.entries().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order))
                .iterator();
    }

    private static String key(Value key) {
        return switch (key) {
            case Str text -> text.value();
            case Nothing none -> "null";
            case Bool bool -> scalar(bool);
            case Int number -> scalar(number);
            case Real number -> scalar(number);
            default ->
                    throw JinjaException.type(
                            "tojson: a key of type '%s' has no JSON form"
                                    .formatted(key.typeName()));
        };
    }

    private void writeString(String text) {
        runtime.budget().text(text.length() + 2L);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            writeCharacter(text.charAt(i));
        }
        out.append('"');
    }

    private void writeCharacter(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\f' -> out.append("\\f");
            case '\b' -> out.append("\\b");
            default -> {
                if (c < ' ' || isAscii && c > '~') {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
