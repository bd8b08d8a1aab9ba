package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.method.PercentFormat;
import dev.nightjar.tokenizer.jinja.method.Replacement;
import dev.nightjar.tokenizer.jinja.text.CaseMapping;
import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.CodePoints;
import dev.nightjar.tokenizer.jinja.text.Side;
import dev.nightjar.tokenizer.jinja.text.Splitter;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters that make texts. */
final class TextFilters {
    private static final int INDENT = 4;
    private static final int CENTER_WIDTH = 80;
    private static final int TRUNCATED_LENGTH = 255;
    private static final int LEEWAY = 5;

    private TextFilters() {}

    static Map<String, Filter> all() {
        return Map.ofEntries(
                Map.entry("upper", mapping("upper", CaseMapping::upper)),
                Map.entry("lower", mapping("lower", CaseMapping::lower)),
                Map.entry("capitalize", mapping("capitalize", CaseMapping::capitalize)),
                Map.entry("title", mapping("title", WordFilters::title)),
                Map.entry("striptags", mapping("striptags", WordFilters::stripTags)),
                Map.entry("urlencode", WordFilters::urlEncode),
                Map.entry("wordcount", WordFilters::count),
                Map.entry("trim", TextFilters::trim),
                Map.entry("string", TextFilters::string),
                Map.entry("safe", TextFilters::safe),
                Map.entry("escape", TextFilters::escape),
                Map.entry("e", TextFilters::escape),
                Map.entry("forceescape", TextFilters::forceEscape),
                Map.entry("replace", TextFilters::replace),
                Map.entry("format", TextFilters::format),
                Map.entry("center", TextFilters::center),
                Map.entry("indent", TextFilters::indent),
                Map.entry("truncate", TextFilters::truncate),
                Map.entry("tojson", JsonWriter::filter));
    }

    private static Filter mapping(String name, UnaryOperator<String> mapping) {
        return (value, arguments, runtime) -> {
            arguments.bind(name);
            return runtime.made(mapping.apply(runtime.text(value)));
        };
    }

    private static Value trim(Value value, Arguments arguments, Runtime runtime) {
        String text = runtime.text(value);
        return runtime.made(
                arguments
                        .bind("trim", "chars")
                        .some("chars")
                        .map(chars -> Characters.strip(text, Side.BOTH, runtime.text(chars)))
                        .orElseGet(() -> Characters.strip(text, Side.BOTH)));
    }

    private static Value string(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("string");
        return value instanceof Str ? value : Str.of(runtime.text(value));
    }

    private static Value safe(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("safe");
        return new Str(runtime.text(value), true);
    }

    private static Value escape(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("escape");
        boolean isMarkup = value instanceof Str str && str.isMarkup();
        return isMarkup ? value : new Str(Markup.escape(runtime.text(value), runtime), true);
    }

    private static Value forceEscape(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("forceescape");
        return new Str(Markup.escape(runtime.text(value), runtime), true);
    }

    private static Value replace(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("replace", "old", "new", "count");
        int count = bound.some("count").isPresent() ? bound.integer("count", -1) : -1;
        return Replacement.of(
                runtime.text(value),
                runtime.text(bound.required("old")),
                runtime.text(bound.required("new")),
                count,
                runtime);
    }

    private static Value format(Value value, Arguments arguments, Runtime runtime) {
        boolean isNamed = !arguments.keywords().isEmpty();
        if (isNamed && !arguments.positional().isEmpty()) {
            throw JinjaException.type(
                    "format takes values by position or by name, not both at the same time");
        }
        Map<Value, Value> named = new LinkedHashMap<>();
        arguments.keywords().forEach((name, argument) -> named.put(Str.of(name), argument));
        Value values = isNamed ? Dict.of(named) : Seq.of(Seq.Kind.TUPLE, arguments.positional());
        return PercentFormat.of(runtime.text(value), values, runtime);
    }

    private static Value center(Value value, Arguments arguments, Runtime runtime) {
        int width = arguments.bind("center", "width").integer("width", CENTER_WIDTH);
        Value center = runtime.attribute(Str.of(runtime.text(value)), "center");
        return ((Dynamic) center).call(Arguments.of(Int.of(width)));
    }

    private static Value indent(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("indent", "width", "first", "blank");
        String indent =
                bound.get("width").orElse(Int.of(INDENT)) instanceof Str text
                        ? text.value()
                        : spaces(bound.integer("width", INDENT), runtime);
        if (!(value instanceof Str str)) {
            throw JinjaException.type(
                    "indent: expected a string, found '%s'".formatted(value.typeName()));
        }
        // A line end more makes an empty text one empty line.
        List<String> lines = Splitter.lines(str.value() + "\n", Splitter.LineEnds.DROPPED);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean isIndented =
                    i == 0 ? bound.flag("first") : bound.flag("blank") || !lines.get(i).isEmpty();
            String start = (i == 0 ? "" : "\n") + (isIndented ? indent : "");
            runtime.budget().text((long) start.length() + lines.get(i).length());
            text.append(start).append(lines.get(i));
        }
        return Str.of(text.toString());
    }

    private static String spaces(int width, Runtime runtime) {
        runtime.budget().text(Math.max(0, width));
        return " ".repeat(Math.max(0, width));
    }

    private static Value truncate(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
        int length = bound.integer("length", TRUNCATED_LENGTH);
        String end = bound.text("end", "...");
        int leeway = bound.some("leeway").isPresent() ? bound.integer("leeway", LEEWAY) : LEEWAY;
        String text = runtime.text(value);
        int endLength = CodePoints.length(end);
        if (length < endLength || leeway < 0) {
            throw JinjaException.type(
                    "truncate: expected a length of at least %d and a leeway of at least 0"
                            .formatted(endLength));
        }
        if (CodePoints.length(text) <= (long) length + leeway) {
            return Str.of(text);
        }
        String kept = CodePoints.substring(text, 0, length - endLength);
        int space = bound.flag("killwords") ? -1 : kept.lastIndexOf(' ');
        return runtime.made((space < 0 ? kept : kept.substring(0, space)) + end);
    }
}
