package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Lazy;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Filters that apply other filters and tests to each item. */
final class SelectionFilters {
    private SelectionFilters() {}

    private enum Kept {
        PASSING,
        FAILING
    }

    static Map<String, Filter> all() {
        return Map.of(
                "map", SelectionFilters::map,
                "select", (value, args, rt) -> select(value, args, Kept.PASSING, rt),
                "reject", (value, args, rt) -> select(value, args, Kept.FAILING, rt),
                "selectattr", (value, args, rt) -> selectBy(value, args, Kept.PASSING, rt),
                "rejectattr", (value, args, rt) -> selectBy(value, args, Kept.FAILING, rt));
    }

    private static Value map(Value value, Arguments arguments, Runtime runtime) {
        List<Value> mapped = new ArrayList<>();
        UnaryOperator<Value> mapping = mapping(arguments, runtime);
        for (Value item : items(value, runtime)) {
            mapped.add(mapping.apply(item));
        }
        return new Lazy(mapped);
    }

    /** What counts as false has no items, whatever it is. */
    private static List<Value> items(Value value, Runtime runtime) {
        return value.isTrue() ? Iteration.list(value, runtime.budget()) : List.of();
    }

    private static UnaryOperator<Value> mapping(Arguments arguments, Runtime runtime) {
        if (arguments.positional().isEmpty()) {
            BoundArguments bound = arguments.bind("map", "attribute", "default");
            Value path = bound.required("attribute");
            Optional<Value> absent = bound.some("default");
            return item -> Attributes.of(item, path, absent, runtime);
        }
        String filter = runtime.text(arguments.positional().getFirst());
        Arguments rest = arguments.from(1);
        return item -> runtime.filter(filter, item, rest);
    }

    private static Value select(Value value, Arguments arguments, Kept kept, Runtime runtime) {
        return select(value, arguments, UnaryOperator.identity(), kept, runtime);
    }

    private static Value selectBy(Value value, Arguments arguments, Kept kept, Runtime runtime) {
        if (arguments.positional().isEmpty()) {
            throw JinjaException.type("selectattr and rejectattr need the name of an attribute");
        }
        Value path = arguments.positional().getFirst();
        return select(
                value,
                arguments.from(1),
                item -> Attributes.of(item, path, runtime),
                kept,
                runtime);
    }

    private static Value select(
            Value value,
            Arguments arguments,
            UnaryOperator<Value> part,
            Kept kept,
            Runtime runtime) {
        List<Value> selected = new ArrayList<>();
        boolean hasTest = !arguments.positional().isEmpty();
        String test = hasTest ? runtime.text(arguments.positional().getFirst()) : "";
        Arguments rest = hasTest ? arguments.from(1) : arguments;
        for (Value item : items(value, runtime)) {
            Value tested = part.apply(item);
            boolean isPassing = hasTest ? runtime.test(test, tested, rest) : tested.isTrue();
            if (isPassing == (kept == Kept.PASSING)) {
                selected.add(item);
            }
        }
        return new Lazy(selected);
    }
}
