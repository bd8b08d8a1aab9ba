package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.CodePoints;
import dev.nightjar.tokenizer.jinja.value.Budget;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Range;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Optional;

/** {@code value[key]} of dicts by key, of lists and texts by position. */
final class Items {
    private Items() {}

    /** The item; empty where Python knows none. */
    static Optional<Value> find(Value value, Value key, Budget budget) {
        return switch (value) {
            case Dict dict -> {
                budget.step(key.weight());
                boolean isKey = !(key instanceof Dict) && (!(key instanceof Seq s) || s.isTuple());
                yield isKey ? dict.get(key) : Optional.empty();
            }
            case Seq seq when seq.isIndexed() ->
                    position(key, seq.items().size()).map(seq.items()::get);
            case Range range -> position(key, range.items().size()).map(range.items()::get);
            case Str str -> character(str.value(), key, budget);
            case Undefined undefined -> throw undefined.failure();
            default -> Optional.empty();
        };
    }

    private static Optional<Value> character(String text, Value key, Budget budget) {
        if (Numbers.integer(key).isEmpty()) {
            return Optional.empty();
        }
        budget.step(1 + text.length() / 64);
        return position(key, CodePoints.length(text))
                .map(at -> Str.of(CodePoints.substring(text, at, at + 1)));
    }

    private static Optional<Integer> position(Value key, int size) {
        return Numbers.integer(key)
                .map(number -> new Int(number).clamped())
                .map(at -> at < 0 ? at + size : at)
                .filter(at -> at >= 0 && at < size);
    }
}
