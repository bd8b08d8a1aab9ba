package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.method.Methods;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Budget;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.RenderLimits;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The filters and tests, for one rendering. */
public final class Library implements Runtime {
    private static final Map<String, Filter> FILTERS = filters();
    private static final Map<String, Test> TESTS = Tests.all();

    private final Budget budget;
    private final Undefined.Mode undefinedMode;

    /** With a full budget. */
    public Library(RenderLimits limits, Undefined.Mode undefinedMode) {
        this.budget = new Budget(limits);
        this.undefinedMode = undefinedMode;
    }

    private static Map<String, Filter> filters() {
        Map<String, Filter> filters = new TreeMap<>();
        filters.putAll(TextFilters.all());
        filters.putAll(NumberFilters.all());
        filters.putAll(SequenceFilters.all());
        filters.putAll(OrderFilters.all());
        filters.putAll(SelectionFilters.all());
        return Map.copyOf(filters);
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public Undefined undefined(String reason) {
        return new Undefined(reason, JinjaException.Kind.UNDEFINED, undefinedMode);
    }

    @Override
    public Value attribute(Value value, String name) {
        return Methods.find(value, name, this)
                .or(() -> Items.find(value, Str.of(name), budget))
                .orElseGet(() -> missing(value, name));
    }

    @Override
    public Value item(Value value, Value key) {
        return Items.find(value, key, budget)
                .or(
                        () ->
                                key instanceof Str name
                                        ? Methods.find(value, name.value(), this)
                                        : Optional.empty())
                .orElseGet(
                        () ->
                                key instanceof Str name
                                        ? missing(value, name.value())
                                        : undefined(
                                                "'%s' object has no element of that key"
                                                        .formatted(value.typeName())));
    }

    private Undefined missing(Value value, String name) {
        // Joined, not formatted: optional members of messages make this frequent.
        return undefined("'" + value.typeName() + "' object has no attribute '" + name + "'");
    }

    @Override
    public Value filter(String name, Value value, Arguments arguments) {
        Filter filter = FILTERS.get(name);
        if (filter == null) {
            throw JinjaException.of(
                    JinjaException.Kind.UNSUPPORTED, "there is no filter '%s'".formatted(name));
        }
        budget.step(1);
        budget.read(value);
        return filter.apply(value, arguments, this);
    }

    @Override
    public boolean test(String name, Value value, Arguments arguments) {
        Test test = TESTS.get(name);
        if (test == null) {
            throw JinjaException.of(
                    JinjaException.Kind.UNSUPPORTED, "there is no test '%s'".formatted(name));
        }
        budget.step(1);
        return test.holds(value, arguments, this);
    }

    @Override
    public boolean hasFilter(String name) {
        return FILTERS.containsKey(name);
    }

    @Override
    public boolean hasTest(String name) {
        return TESTS.containsKey(name);
    }
}
