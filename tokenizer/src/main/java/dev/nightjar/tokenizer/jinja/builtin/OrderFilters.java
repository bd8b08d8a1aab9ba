package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.CaseMapping;
import dev.nightjar.tokenizer.jinja.text.Splitter;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Lazy;
import dev.nightjar.tokenizer.jinja.value.Ordering;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Filters that order items, or tell equal ones apart. Letters count without case unless asked. */
final class OrderFilters {
    private OrderFilters() {}

    static Map<String, Filter> all() {
        return Map.of(
                "sort", OrderFilters::sort,
                "dictsort", OrderFilters::dictSort,
                "unique", OrderFilters::unique,
                "groupby", OrderFilters::groupBy,
                "min", (value, args, rt) -> extreme("min", value, args, rt),
                "max", (value, args, rt) -> extreme("max", value, args, rt));
    }

    /** An item and what it is ordered by. */
    private record Keyed(Value key, Value item) {}

    private static List<Keyed> keyed(Value value, Function<Value, Value> key, Runtime runtime) {
        List<Keyed> keyed = new ArrayList<>();
        for (Value item : Iteration.list(value, runtime.budget())) {
            keyed.add(new Keyed(key.apply(item), item));
        }
        return keyed;
    }

    private static Function<Value, Value> key(
            Optional<Value> path, Optional<Value> absent, BoundArguments bound, Runtime runtime) {
        boolean isCaseSensitive = bound.flag("case_sensitive");
        return item -> {
            Value part = path.map(p -> Attributes.of(item, p, absent, runtime)).orElse(item);
            return isCaseSensitive ? part : withoutCase(part, runtime);
        };
    }

    private static Value withoutCase(Value value, Runtime runtime) {
        return value instanceof Str text ? runtime.made(CaseMapping.lower(text.value())) : value;
    }

    private static Comparator<Value> order(Runtime runtime) {
        return (a, b) -> {
            runtime.budget().step(Math.min(a.weight(), b.weight()));
            return Ordering.compare(a, b, "<").orElse(0);
        };
    }

    private static Value sort(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
        List<Value> paths =
                bound.some("attribute").map(path -> paths(path, runtime)).orElse(List.of());
        List<Keyed> keyed = keyed(value, item -> sortKey(item, paths, bound, runtime), runtime);
        Comparator<Value> order = order(runtime);
        keyed.sort(
                Comparator.comparing(Keyed::key, bound.flag("reverse") ? order.reversed() : order));
        return Seq.list(keyed.stream().map(Keyed::item).toList());
    }

    private static List<Value> paths(Value path, Runtime runtime) {
        if (!(path instanceof Str text)) {
            return List.of(path);
        }
        return Splitter.pieces(text.value(), ",", Integer.MAX_VALUE).stream()
                .<Value>map(Str::of)
                .toList();
    }

    private static Value sortKey(
            Value item, List<Value> paths, BoundArguments bound, Runtime runtime) {
        if (paths.size() <= 1) {
            return key(paths.stream().findFirst(), Optional.empty(), bound, runtime).apply(item);
        }
        return Seq.list(
                paths.stream()
                        .map(
                                path ->
                                        key(Optional.of(path), Optional.empty(), bound, runtime)
                                                .apply(item))
                        .toList());
    }

    private static Value dictSort(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof Dict dict)) {
            throw JinjaException.type(
                    "dictsort: expected a mapping, found '%s'".formatted(value.typeName()));
        }
        String by = bound.text("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw JinjaException.type("dictsort: 'by' must be key or value");
        }
        Value part = Int.of(by.equals("key") ? 0 : 1);
        List<Keyed> keyed =
                keyed(
                        Seq.list(dict.pairs()),
                        key(Optional.of(part), Optional.empty(), bound, runtime),
                        runtime);
        Comparator<Value> order = order(runtime);
        keyed.sort(
                Comparator.comparing(Keyed::key, bound.flag("reverse") ? order.reversed() : order));
        return Seq.list(keyed.stream().map(Keyed::item).toList());
    }

    private static Value unique(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("unique", "case_sensitive", "attribute");
        Set<Value> seen = new HashSet<>();
        List<Value> items = new ArrayList<>();
        Function<Value, Value> key = key(bound.some("attribute"), Optional.empty(), bound, runtime);
        for (Keyed keyed : keyed(value, key, runtime)) {
            runtime.budget().step(keyed.key().weight());
            if (seen.add(Dict.hashable(keyed.key()))) {
                items.add(keyed.item());
            }
        }
        return new Lazy(items);
    }

    private static Value groupBy(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
        Optional<Value> path = Optional.of(bound.required("attribute"));
        Optional<Value> absent = bound.some("default");
        List<Keyed> keyed = keyed(value, key(path, absent, bound, runtime), runtime);
        keyed.sort(Comparator.comparing(Keyed::key, order(runtime)));
        List<Value> groups = new ArrayList<>();
        List<Value> group = new ArrayList<>();
        for (int i = 0; i < keyed.size(); i++) {
            group.add(keyed.get(i).item());
            boolean isLast =
                    i + 1 == keyed.size() || !keyed.get(i + 1).key().equals(keyed.get(i).key());
            if (isLast) {
                Value name = Attributes.of(group.getFirst(), path.get(), absent, runtime);
                groups.add(Seq.of(Seq.Kind.GROUP, List.of(name, Seq.list(group))));
                group.clear();
            }
        }
        return Seq.list(groups);
    }

    private static Value extreme(String name, Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind(name, "case_sensitive", "attribute");
        Function<Value, Value> key = key(bound.some("attribute"), Optional.empty(), bound, runtime);
        Comparator<Value> order = order(runtime);
        Comparator<Value> wanted = name.equals("min") ? order.reversed() : order;
        Optional<Keyed> best = Optional.empty();
        for (Keyed keyed : keyed(value, key, runtime)) {
            boolean isBetter = best.isEmpty() || wanted.compare(keyed.key(), best.get().key()) > 0;
            best = isBetter ? Optional.of(keyed) : best;
        }
        return best.map(Keyed::item)
                .orElseGet(() -> runtime.undefined("No aggregated item, sequence was empty."));
    }
}
