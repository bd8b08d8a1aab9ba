package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.Splitter;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Optional;

/** Items of items by a path such as {@code function.name}, as {@code map} and {@code sort} take. */
final class Attributes {
    private static final int MAX_DIGITS = 9;

    private Attributes() {}

    static Value of(Value value, Value path, Runtime runtime) {
        return of(value, path, Optional.empty(), runtime);
    }

    /** With a value for what is undefined on the way. */
    static Value of(Value value, Value path, Optional<Value> absent, Runtime runtime) {
        if (!(path instanceof Str text)) {
            return orAbsent(runtime.item(value, path), absent);
        }
        Value result = value;
        for (String part : Splitter.pieces(text.value(), ".", Integer.MAX_VALUE)) {
            boolean isIndex =
                    !part.isEmpty()
                            && part.length() <= MAX_DIGITS
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            Value key = isIndex ? Int.of(Long.parseLong(part)) : Str.of(part);
            result = orAbsent(runtime.item(result, key), absent);
        }
        return result;
    }

    private static Value orAbsent(Value value, Optional<Value> absent) {
        return value instanceof Undefined ? absent.orElse(value) : value;
    }
}
