package dev.nightjar.tokenizer.jinja.value;

import dev.nightjar.tokenizer.jinja.text.CodePoints;
import java.util.List;
import java.util.Optional;

/** Which of two values is smaller. */
public final class Ordering {
    private Ordering() {}

    /**
     * Negative, 0 or positive; empty if neither is smaller though they differ, as with NaN.
     *
     * @param operator for the message, such as {@code <}
     * @throws JinjaException if values of these types have no order
     */
    public static Optional<Integer> compare(Value a, Value b, String operator) {
        Optional<Value> x = Numbers.of(a);
        Optional<Value> y = Numbers.of(b);
        if (x.isPresent() && y.isPresent()) {
            return Numbers.compare(x.get(), y.get());
        }
        if (a instanceof Str s && b instanceof Str t) {
            return Optional.of(CodePoints.compare(s.value(), t.value()));
        }
        if (a instanceof Seq s
                && b instanceof Seq t
                && s.isIndexed()
                && s.typeName().equals(t.typeName())) {
            return compare(s.items(), t.items(), operator);
        }
        throw failure(a, b, operator);
    }

    private static Optional<Integer> compare(List<Value> a, List<Value> b, String operator) {
        int length = Math.min(a.size(), b.size());
        for (int i = 0; i < length; i++) {
            if (!a.get(i).equals(b.get(i))) {
                return compare(a.get(i), b.get(i), operator);
            }
        }
        return Optional.of(Integer.compare(a.size(), b.size()));
    }

    private static JinjaException failure(Value a, Value b, String operator) {
        if (a instanceof Undefined undefined) {
            return undefined.failure();
        }
        if (b instanceof Undefined undefined) {
            return undefined.failure();
        }
        return JinjaException.type(
                "'%s' not supported between instances of '%s' and '%s'"
                        .formatted(operator, a.typeName(), b.typeName()));
    }
}
