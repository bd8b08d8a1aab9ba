package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Function;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what {@code value.name} is in Python, before any item of that name. */
public final class Methods {
    /** Methods that change a value; a sandbox forbids them. */
    private static final Map<String, Set<String>> FORBIDDEN =
            Map.of(
                    "list", Set.of("append", "reverse", "insert", "sort", "extend", "remove"),
                    "dict", Set.of("clear", "pop", "popitem", "setdefault", "update"));

    private Methods() {}

    /**
     * The member of this name, if Python's type has one.
     *
     * @throws JinjaException if the value is undefined
     */
    public static Optional<Value> find(Value value, String name, Runtime runtime) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (name.startsWith("_")) {
            return Optional.empty(); // Python's own attributes are nobody's business
        }
        if (FORBIDDEN.getOrDefault(value.typeName(), Set.of()).contains(name)) {
            return Optional.of(forbidden(value, name, runtime));
        }
        return switch (value) {
            case Str str ->
                    StringMethods.find(name).map(method -> bound(name, str, method, runtime));
            case Seq seq when seq.isIndexed() ->
                    SequenceMethods.find(seq, name)
                            .or(
                                    () ->
                                            SequenceMethods.method(seq, name)
                                                    .map(m -> bound(name, seq, m, runtime)));
            case Dict dict ->
                    DictMethods.find(name).map(method -> bound(name, dict, method, runtime));
            case Real real when name.equals("is_integer") ->
                    Optional.of(NumberMethods.isInteger(real));
            case Dynamic dynamic -> dynamic.member(name);
            default -> Optional.empty();
        };
    }

    private static Undefined forbidden(Value value, String name, Runtime runtime) {
        return new Undefined(
                "access to attribute '%s' of '%s' object is unsafe"
                        .formatted(name, value.typeName()),
                JinjaException.Kind.SECURITY,
                runtime.undefined(name).mode());
    }

    private static <T extends Value> Value bound(
            String name, T self, Method<T> method, Runtime runtime) {
        return new Function(
                name,
                arguments -> {
                    runtime.budget().read(self);
                    return method.call(self, arguments, runtime);
                });
    }
}
