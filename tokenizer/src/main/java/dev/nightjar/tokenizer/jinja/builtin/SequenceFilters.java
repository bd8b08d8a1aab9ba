package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.method.Methods;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Lazy;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that go through items. */
final class SequenceFilters {
    private SequenceFilters() {}

    static Map<String, Filter> all() {
        return Map.ofEntries(
                Map.entry("length", SequenceFilters::length),
                Map.entry("count", SequenceFilters::length),
                Map.entry("first", SequenceFilters::first),
                Map.entry("last", SequenceFilters::last),
                Map.entry("list", SequenceFilters::list),
                Map.entry("items", SequenceFilters::items),
                Map.entry("join", SequenceFilters::join),
                Map.entry("reverse", SequenceFilters::reverse),
                Map.entry("batch", SequenceFilters::batch),
                Map.entry("slice", SequenceFilters::slice),
                Map.entry("sum", SequenceFilters::sum),
                Map.entry("default", SequenceFilters::orDefault),
                Map.entry("d", SequenceFilters::orDefault),
                Map.entry("attr", SequenceFilters::attribute));
    }

    private static Value length(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("length");
        return Int.of(
                Iteration.size(value)
                        .orElseThrow(
                                () ->
                                        JinjaException.type(
                                                "object of type '%s' has no length"
                                                        .formatted(value.typeName()))));
    }

    private static Value first(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("first");
        Iterator<Value> items = Iteration.of(value);
        return items.hasNext()
                ? items.next()
                : runtime.undefined("No first item, sequence was empty.");
    }

    private static Value last(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("last");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof Lazy) {
            throw JinjaException.type("'generator' object is not reversible");
        }
        List<Value> items = Iteration.list(value, runtime.budget());
        return items.isEmpty()
                ? runtime.undefined("No last item, sequence was empty.")
                : items.getLast();
    }

    private static Value list(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("list");
        return Seq.list(Iteration.list(value, runtime.budget()));
    }

    private static Value items(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("items");
        return switch (value) {
            case Undefined undefined -> new Lazy(List.of());
            case Dict dict -> {
                runtime.budget().step(dict.entries().size());
                yield new Lazy(dict.pairs());
            }
            default -> throw JinjaException.type("Can only get item pairs from a mapping.");
        };
    }

    private static Value join(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("join", "d", "attribute");
        String separator = bound.get("d").map(runtime::text).orElse("");
        StringBuilder text = new StringBuilder();
        String before = "";
        for (Value item : Iteration.list(value, runtime.budget())) {
            Value part =
                    bound.some("attribute")
                            .map(path -> Attributes.of(item, path, runtime))
                            .orElse(item);
            String piece = runtime.text(part);
            runtime.budget().text((long) before.length() + piece.length());
            text.append(before).append(piece);
            before = separator;
        }
        return Str.of(text.toString());
    }

    private static Value reverse(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("reverse");
        if (value instanceof Str text) {
            return runtime.made(new StringBuilder(text.value()).reverse().toString());
        }
        List<Value> items = Iteration.list(value, runtime.budget());
        Collections.reverse(items);
        return value instanceof Lazy ? Seq.list(items) : new Lazy(items);
    }

    private static Value batch(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("batch", "linecount", "fill_with");
        bound.required("linecount");
        int size = bound.integer("linecount", 0);
        List<Value> items = Iteration.list(value, runtime.budget());
        List<Value> batches = new ArrayList<>();
        List<Value> batch = new ArrayList<>();
        for (Value item : items) {
            if (batch.size() == size) {
                batches.add(Seq.list(batch));
                batch.clear();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            int missing = Math.max(0, size - batch.size());
            bound.some("fill_with")
                    .ifPresent(
                            fill -> {
                                runtime.budget().step(missing);
                                batch.addAll(Collections.nCopies(missing, fill));
                            });
            batches.add(Seq.list(batch));
        }
        return new Lazy(batches);
    }

    private static Value slice(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("slice", "slices", "fill_with");
        bound.required("slices");
        int count = bound.integer("slices", 0);
        if (count == 0) {
            throw JinjaException.type("division by zero");
        }
        List<Value> items = Iteration.list(value, runtime.budget());
        runtime.budget().step(Math.max(0, count));
        int size = items.size() / Math.max(1, count);
        int longer = items.size() % Math.max(1, count);
        List<Value> slices = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = start + size + (i < longer ? 1 : 0);
            List<Value> slice = new ArrayList<>(items.subList(start, end));
            if (i >= longer && longer > 0) {
                bound.some("fill_with").ifPresent(slice::add);
            }
            slices.add(Seq.list(slice));
            start = end;
        }
        return new Lazy(slices);
    }

    private static Value sum(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("sum", "attribute", "start");
        Value sum = bound.get("start").orElse(Int.of(0));
        for (Value item : Iteration.list(value, runtime.budget())) {
            Value part =
                    bound.some("attribute")
                            .map(path -> Attributes.of(item, path, runtime))
                            .orElse(item);
            if (sum instanceof Str) {
                throw JinjaException.type("sum: use join to put strings together");
            }
            sum = Operators.arithmetic("+", sum, part, runtime);
        }
        return sum;
    }

    private static Value orDefault(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("default", "default_value", "boolean");
        boolean isReplaced = value instanceof Undefined || bound.flag("boolean") && !value.isTrue();
        return isReplaced ? bound.get("default_value").orElse(Str.EMPTY) : value;
    }

    private static Value attribute(Value value, Arguments arguments, Runtime runtime) {
        String name = runtime.text(arguments.bind("attr", "name").required("name"));
        return Methods.find(value, name, runtime)
                .orElseGet(
                        () ->
                                runtime.undefined(
                                        "'%s' object has no attribute '%s'"
                                                .formatted(value.typeName(), name)));
    }
}
