package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.CaseMapping;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Range;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The tests of templates. */
final class Tests {
    private Tests() {}

    static Map<String, Test> all() {
        Map<String, Test> tests = new TreeMap<>();
        addKinds(tests);
        addComparisons(tests);
        tests.put("odd", (value, args, rt) -> remainder(value, Int.of(2), rt).isTrue());
        tests.put("even", (value, args, rt) -> !remainder(value, Int.of(2), rt).isTrue());
        tests.put(
                "divisibleby",
                (value, args, rt) -> !remainder(value, only(args, "divisibleby"), rt).isTrue());
        tests.put("lower", (value, args, rt) -> CaseMapping.isLower(read(value, rt)));
        tests.put("upper", (value, args, rt) -> CaseMapping.isUpper(read(value, rt)));
        tests.put("filter", (value, args, rt) -> rt.hasFilter(rt.text(value)));
        tests.put("test", (value, args, rt) -> rt.hasTest(rt.text(value)));
        tests.put("sameas", (value, args, rt) -> isSame(value, only(args, "sameas")));
        tests.put("in", (value, args, rt) -> Operators.compare("in", value, only(args, "in"), rt));
        return Map.copyOf(tests);
    }

    private static String read(Value value, Runtime runtime) {
        runtime.budget().read(value);
        return runtime.text(value);
    }

    private static void addKinds(Map<String, Test> tests) {
        addKind(tests, "defined", value -> !(value instanceof Undefined));
        addKind(tests, "undefined", Undefined.class::isInstance);
        addKind(tests, "none", value -> value == Nothing.NONE);
        addKind(tests, "boolean", Bool.class::isInstance);
        addKind(tests, "true", value -> value instanceof Bool bool && bool.value());
        addKind(tests, "false", value -> value instanceof Bool bool && !bool.value());
        addKind(tests, "integer", Int.class::isInstance);
        addKind(tests, "float", Real.class::isInstance);
        addKind(tests, "number", value -> Numbers.of(value).isPresent());
        addKind(tests, "string", Str.class::isInstance);
        addKind(tests, "escaped", value -> value instanceof Str str && str.isMarkup());
        addKind(tests, "mapping", Dict.class::isInstance);
        addKind(tests, "iterable", Iteration::isIterable);
        addKind(tests, "callable", value -> value instanceof Dynamic d && d.isCallable());
        addKind(tests, "sequence", Tests::isSequence);
    }

    private static void addKind(Map<String, Test> tests, String name, Predicate<Value> kind) {
        tests.put(
                name,
                (value, arguments, runtime) -> {
                    arguments.bind(name);
                    return kind.test(value);
                });
    }

    /** What has a length and items, by position or by key. */
    private static boolean isSequence(Value value) {
        return value instanceof Str
                || value instanceof Undefined
                || value instanceof Dict
                || value instanceof Range
                || value instanceof Seq seq && seq.isIndexed();
    }

    private static void addComparisons(Map<String, Test> tests) {
        Map<String, String> operators =
                Map.ofEntries(
                        Map.entry("==", "=="),
                        Map.entry("eq", "=="),
                        Map.entry("equalto", "=="),
                        Map.entry("!=", "!="),
                        Map.entry("ne", "!="),
                        Map.entry("<", "<"),
                        Map.entry("lt", "<"),
                        Map.entry("lessthan", "<"),
                        Map.entry("<=", "<="),
                        Map.entry("le", "<="),
                        Map.entry(">", ">"),
                        Map.entry("gt", ">"),
                        Map.entry("greaterthan", ">"),
                        Map.entry(">=", ">="),
                        Map.entry("ge", ">="));
        operators.forEach(
                (name, operator) ->
                        tests.put(
                                name,
                                (value, args, rt) ->
                                        Operators.compare(operator, value, only(args, name), rt)));
    }

    private static Value only(Arguments arguments, String test) {
        return arguments.bind(test, "other").required("other");
    }

    private static Value remainder(Value value, Value divisor, Runtime runtime) {
        return Operators.arithmetic("%", value, divisor, runtime);
    }

    private static boolean isSame(Value a, Value b) {
        boolean isPlain = a instanceof Str || a instanceof Int || a instanceof Bool;
        return a == b || isPlain && a.getClass() == b.getClass() && a.equals(b);
    }
}
