package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.DateText;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Function;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Range;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The functions a template can call without defining them. */
public final class Globals {
    private final Runtime runtime;
    private final Supplier<LocalDateTime> now;

    private Globals(Runtime runtime, Clock clock) {
        this.runtime = runtime;
        this.now = () -> LocalDateTime.now(clock);
    }

    /** All of them, for one rendering. */
    public static Map<String, Value> of(Runtime runtime, Clock clock) {
        Globals globals = new Globals(runtime, clock);
        return Map.of(
                "range", new Function("range", globals::range),
                "dict", new Function("dict", globals::dict),
                "namespace", new Function("namespace", args -> new Namespace(globals.pairs(args))),
                "cycler", new Function("cycler", args -> new Cycler(args.positional())),
                "joiner", new Function("joiner", globals::joiner),
                "raise_exception", new Function("raise_exception", globals::raise),
                "strftime_now", new Function("strftime_now", globals::date));
    }

    private Value range(Arguments arguments) {
        List<Value> bounds = arguments.positional();
        if (bounds.isEmpty() || bounds.size() > 3 || !arguments.keywords().isEmpty()) {
            throw JinjaException.type("range takes one to three integers");
        }
        long first = integer(bounds.getFirst());
        return bounds.size() == 1
                ? new Range(0, first, 1)
                : new Range(
                        first,
                        integer(bounds.get(1)),
                        bounds.size() == 3 ? integer(bounds.get(2)) : 1);
    }

    private static long integer(Value value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return Numbers.integer(value)
                .map(number -> new Int(number).clamped())
                .orElseThrow(
                        () ->
                                JinjaException.type(
                                        "range: expected an integer, found '%s'"
                                                .formatted(value.typeName())));
    }

    private Value dict(Arguments arguments) {
        return Dict.of(pairs(arguments));
    }

    /** A mapping or pairs by position, then values by name. */
    private Map<Value, Value> pairs(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (arguments.positional().size() > 1) {
            throw JinjaException.type("expected at most one mapping");
        }
        for (Value source : arguments.positional()) {
            List<Value> pairs =
                    source instanceof Dict dict
                            ? dict.pairs()
                            : Iteration.list(source, runtime.budget());
            for (Value pair : pairs) {
                List<Value> both = Iteration.list(pair, runtime.budget());
                if (both.size() != 2) {
                    throw JinjaException.type("expected pairs of key and value");
                }
                entries.put(Dict.hashable(both.getFirst()), both.getLast());
            }
        }
        arguments.keywords().forEach((name, value) -> entries.put(Str.of(name), value));
        runtime.budget().step(entries.size());
        return entries;
    }

    /** Nothing the first time, a separator from then on. */
    private Value joiner(Arguments arguments) {
        Value separator = arguments.bind("joiner", "sep").get("sep").orElse(Str.of(", "));
        Cycler first = new Cycler(List.of(Str.EMPTY, separator));
        return new Function(
                "joiner",
                none -> {
                    Value current = first.current();
                    if (current != separator) {
                        first.next();
                    }
                    return current;
                });
    }

    private Value raise(Arguments arguments) {
        Value message = arguments.bind("raise_exception", "message").required("message");
        throw JinjaException.of(JinjaException.Kind.RAISED, runtime.text(message));
    }

    private Value date(Arguments arguments) {
        String format = arguments.bind("strftime_now", "format").text("format", "");
        return runtime.made(DateText.format(now.get(), format));
    }
}
