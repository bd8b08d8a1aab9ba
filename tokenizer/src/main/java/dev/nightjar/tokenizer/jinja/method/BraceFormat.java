package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.FormatSpec;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Printer;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code text.format(values)}: fields in braces, with members, conversion and specification. */
final class BraceFormat {
    private static final Pattern FIELD =
            Pattern.compile(
                    "\\{\\{|\\}\\}|\\{([^{}!:.\\[\\]]*)((?:\\.[^{}!:.\\[\\]]+|\\[[^\\]{}]+\\])*)"
                            + "(?:!([rsa]))?(?::([^{}]*))?\\}|[{}]");
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");

    /** Laying out digits is slower than copying text. */
    private static final int CHARS_PER_STEP = 8;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private final Arguments arguments;
    private final Runtime runtime;
    private int next;

    private BraceFormat(Arguments arguments, Runtime runtime) {
        this.arguments = arguments;
        this.runtime = runtime;
    }

    static Value format(Str self, Arguments arguments, Runtime runtime) {
        return new BraceFormat(arguments, runtime).format(self.value());
    }

    static Value formatMap(Str self, Arguments arguments, Runtime runtime) {
        Value values = arguments.bind("format_map", "mapping").required("mapping");
        if (!(values instanceof Dict dict)) {
            throw JinjaException.type("format_map() needs a mapping");
        }
        Map<String, Value> named = new LinkedHashMap<>();
        dict.entries().forEach((key, value) -> named.put(runtime.text(key), value));
        return format(self, new Arguments(List.of(), named), runtime);
    }

    private Str format(String text) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher field = FIELD.matcher(text);
        int start = 0;
        while (field.find()) {
            append(result, text.substring(start, field.start()));
            append(result, piece(field));
            start = field.end();
        }
        append(result, text.substring(start));
        return Str.of(result.toString());
    }

    private void append(StringBuilder result, String piece) {
        runtime.budget().text(piece.length());
        runtime.budget().step(piece.length() / CHARS_PER_STEP);
        result.append(piece);
    }

    private String piece(Matcher field) {
        return switch (field.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" ->
                    throw JinjaException.type(
                            "format(): expected a field such as {} or {name:>8}, found a single"
                                    + " '%s'".formatted(field.group()));
            default -> field(field);
        };
    }

    private String field(Matcher field) {
        Value value = value(field.group(1));
        Matcher step = STEP.matcher(field.group(2));
        while (step.find()) {
            value =
                    step.group(1) != null
                            ? runtime.attribute(value, step.group(1))
                            : runtime.item(value, key(step.group(2)));
        }
        String conversion = field.group(3) == null ? "" : field.group(3);
        String spec = field.group(4) == null ? "" : field.group(4);
        return switch (conversion) {
            case "r", "a" -> layOut(Str.of(Printer.repr(value, runtime.budget())), spec);
            case "s" -> layOut(Str.of(runtime.text(value)), spec);
            default -> layOut(value, spec);
        };
    }

    private static Value key(String text) {
        return DIGITS.matcher(text).matches() ? Int.of(Long.parseLong(text)) : Str.of(text);
    }

    private Value value(String name) {
        boolean isPosition = name.isEmpty() || DIGITS.matcher(name).matches();
        if (isPosition) {
            int at = name.isEmpty() ? next++ : Integer.parseInt(name);
            if (at >= arguments.positional().size()) {
                throw JinjaException.type("format(): there is no argument " + at);
            }
            return arguments.positional().get(at);
        }
        return Optional.ofNullable(arguments.keywords().get(name))
                .orElseThrow(
                        () -> JinjaException.type("format(): no argument '%s'".formatted(name)));
    }

    private String layOut(Value value, String spec) {
        if (value instanceof Undefined undefined && !spec.isEmpty()) {
            throw undefined.failure();
        }
        if (spec.isEmpty()) {
            return runtime.text(value);
        }
        Optional<String> text =
                FormatSpec.parse(spec)
                        .flatMap(
                                form ->
                                        switch (value) {
                                            case Str str -> form.text(str.value());
                                            case Int number -> form.integer(number.value());
                                            case Real number -> form.real(number.value());
                                            case Bool bool ->
                                                    form.integer(
                                                            Int.of(bool.value() ? 1 : 0).value());
                                            default -> Optional.empty();
                                        });
        return text.orElseThrow(
                () ->
                        JinjaException.type(
                                "format(): '%s' is no format of '%s', or wider than %d"
                                        .formatted(spec, value.typeName(), FormatSpec.MAX_SIZE)));
    }
}
