package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Function;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a loop's body knows as {@code loop}. */
final class LoopState implements Dynamic {
    private final Value iterated;
    private final int depth;
    private final UnaryOperator<Value> recursion;
    private final Runtime runtime;
    private Iterator<Value> rest;
    private int index = -1;
    private Optional<Integer> length = Optional.empty();
    private Optional<Value> before = Optional.empty();
    private Optional<Value> now = Optional.empty();
    private Optional<Value> after = Optional.empty();
    private Optional<List<Value>> lastChanged = Optional.empty();

    LoopState(Value iterated, int depth, UnaryOperator<Value> recursion, Runtime runtime) {
        this.iterated = iterated;
        this.depth = depth;
        this.recursion = recursion;
        this.runtime = runtime;
        this.rest = Iteration.of(iterated);
    }

    /** Goes to the next item, if there is one. */
    boolean advance() {
        Optional<Value> next = peek();
        if (next.isEmpty()) {
            return false;
        }
        before = now;
        now = next;
        after = Optional.empty();
        index++;
        return true;
    }

    Value current() {
        return now.orElseThrow();
    }

    private Optional<Value> peek() {
        if (after.isEmpty() && rest.hasNext()) {
            after = Optional.of(rest.next());
        }
        return after;
    }

    private int length() {
        if (length.isEmpty()) {
            length = Optional.of(Iteration.size(iterated).orElseGet(this::countRest));
        }
        return length.get();
    }

    private int countRest() {
        List<Value> items = new ArrayList<>();
        while (rest.hasNext()) {
            runtime.budget().step(1);
            items.add(rest.next());
        }
        rest = items.iterator();
        return index + 1 + (after.isPresent() ? 1 : 0) + items.size();
    }

    @Override
    public Optional<Value> member(String name) {
        return switch (name) {
            case "index" -> Optional.of(Int.of(index + 1L));
            case "index0" -> Optional.of(Int.of(index));
            case "revindex" -> Optional.of(Int.of((long) length() - index));
            case "revindex0" -> Optional.of(Int.of((long) length() - index - 1));
            case "first" -> Optional.of(Bool.of(index == 0));
            case "last" -> Optional.of(Bool.of(peek().isEmpty()));
            case "length" -> Optional.of(Int.of(length()));
            case "depth" -> Optional.of(Int.of(depth + 1L));
            case "depth0" -> Optional.of(Int.of(depth));
            case "previtem" ->
                    Optional.of(
                            before.orElseGet(() -> runtime.undefined("there is no previous item")));
            case "nextitem" ->
                    Optional.of(peek().orElseGet(() -> runtime.undefined("there is no next item")));
            case "cycle" -> Optional.of(new Function(name, this::cycle));
            case "changed" -> Optional.of(new Function(name, this::changed));
            default -> Optional.empty();
        };
    }

    private Value cycle(Arguments arguments) {
        List<Value> values = arguments.positional();
        if (values.isEmpty()) {
            throw JinjaException.type("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private Value changed(Arguments arguments) {
        runtime.budget().step(arguments.positional().stream().mapToLong(Value::weight).sum());
        boolean isChanged = !lastChanged.equals(Optional.of(arguments.positional()));
        lastChanged = Optional.of(arguments.positional());
        return Bool.of(isChanged);
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Arguments arguments) {
        return recursion.apply(arguments.bind("loop", "iterable").required("iterable"));
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }

    @Override
    public String description() {
        return "<LoopContext %d/%d>".formatted(index + 1, length());
    }
}
