package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.method.PercentFormat;
import dev.nightjar.tokenizer.jinja.text.Finder;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Ordering;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What operators do with operands that are known. */
public final class Operators {
    private Operators() {}

    /**
     * The result of {@code + - * / // % **}.
     *
     * @throws JinjaException if the operands do not fit
     */
    public static Value arithmetic(String operator, Value a, Value b, Runtime runtime) {
        if (operator.equals("%") && a instanceof Str text) {
            return PercentFormat.of(text.value(), b, runtime);
        }
        Optional<Value> x = Numbers.of(a);
        Optional<Value> y = Numbers.of(b);
        if (x.isPresent() && y.isPresent()) {
            runtime.budget().step(Arithmetic.cost(operator, x.get(), y.get()));
            return Arithmetic.compute(operator, x.get(), y.get());
        }
        return switch (operator) {
            case "+" -> join(a, b, runtime);
            case "*" -> x.isPresent() ? repeat(b, a, runtime) : repeat(a, b, runtime);
            default -> throw unfit(operator, a, b);
        };
    }

    /** {@code -value} or {@code +value}. */
    public static Value sign(boolean isNegative, Value value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Value number =
                Numbers.of(value)
                        .orElseThrow(
                                () ->
                                        JinjaException.type(
                                                "bad operand type for unary %s: '%s'"
                                                        .formatted(
                                                                isNegative ? "-" : "+",
                                                                value.typeName())));
        return isNegative ? Arithmetic.negate(number) : number;
    }

    /**
     * The result of a comparison, {@code in} and {@code not in} among them.
     *
     * @throws JinjaException if the operands have no order, or nothing can be in the second
     */
    public static boolean compare(String operator, Value a, Value b, Runtime runtime) {
        runtime.budget().step(Math.min(a.weight(), b.weight()));
        return switch (operator) {
            case "==" -> a.equals(b);
            case "!=" -> !a.equals(b);
            case "in" -> contains(b, a, runtime);
            case "not in" -> !contains(b, a, runtime);
            default -> {
                Optional<Integer> order = Ordering.compare(a, b, operator);
                yield order.isPresent()
                        && switch (operator) {
                            case "<" -> order.get() < 0;
                            case "<=" -> order.get() <= 0;
                            case ">" -> order.get() > 0;
                            default -> order.get() >= 0;
                        };
            }
        };
    }

    private static boolean contains(Value container, Value sought, Runtime runtime) {
        switch (container) {
            case Str text -> {
                if (sought instanceof Str part) {
                    runtime.budget().step(text.weight());
                    return new Finder(part.value()).next(text.value(), 0) >= 0;
                }
                if (sought instanceof Undefined undefined) {
                    throw undefined.failure();
                }
                throw JinjaException.type(
                        "'in <string>' requires string as left operand, not " + sought.typeName());
            }
            case Dict dict -> {
                runtime.budget().step(sought.weight());
                return dict.get(Dict.hashable(sought)).isPresent();
            }
            default -> {
                return isAmong(container, sought, runtime);
            }
        }
    }

    private static boolean isAmong(Value container, Value sought, Runtime runtime) {
        if (!Iteration.isIterable(container)) {
            throw JinjaException.type(
                    "argument of type '%s' is not iterable".formatted(container.typeName()));
        }
        for (Iterator<Value> items = Iteration.of(container); items.hasNext(); ) {
            runtime.budget().step(sought.weight());
            if (items.next().equals(sought)) {
                return true;
            }
        }
        return false;
    }

    private static Value join(Value a, Value b, Runtime runtime) {
        if (a instanceof Str x && b instanceof Str y) {
            return concat(x, y, runtime);
        }
        if (a instanceof Seq x
                && b instanceof Seq y
                && x.isIndexed()
                && x.typeName().equals(y.typeName())) {
            runtime.budget().step(x.items().size() + y.items().size());
            List<Value> items = new ArrayList<>(x.items());
            items.addAll(y.items());
            return Seq.of(x.isTuple() ? Seq.Kind.TUPLE : Seq.Kind.LIST, items);
        }
        throw unfit("+", a, b);
    }

    /** Beside markup, plain text is escaped. */
    private static Str concat(Str a, Str b, Runtime runtime) {
        if (a.isMarkup() == b.isMarkup()) {
            runtime.budget().text((long) a.value().length() + b.value().length());
            return new Str(a.value() + b.value(), a.isMarkup());
        }
        String left = a.isMarkup() ? a.value() : Markup.escape(a.value(), runtime);
        String right = b.isMarkup() ? b.value() : Markup.escape(b.value(), runtime);
        runtime.budget().text((long) left.length() + right.length());
        return new Str(left + right, true);
    }

    private static Value repeat(Value value, Value times, Runtime runtime) {
        Optional<BigInteger> count = Numbers.integer(times);
        if (count.isEmpty()) {
            throw unfit("*", value, times);
        }
        int copies = Math.max(0, new Int(count.get()).clamped());
        return switch (value) {
            case Str text -> {
                runtime.budget().text((long) text.value().length() * copies);
                yield new Str(text.value().repeat(copies), text.isMarkup());
            }
            case Seq seq when seq.isIndexed() -> repeat(seq, copies, runtime);
            default -> throw unfit("*", value, times);
        };
    }

    private static Seq repeat(Seq seq, int copies, Runtime runtime) {
        runtime.budget().step((long) seq.items().size() * copies);
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < copies && !seq.items().isEmpty(); i++) {
            items.addAll(seq.items());
        }
        return Seq.of(seq.isTuple() ? Seq.Kind.TUPLE : Seq.Kind.LIST, items);
    }

    private static JinjaException unfit(String operator, Value a, Value b) {
        if (a instanceof Undefined undefined) {
            return undefined.failure();
        }
        if (b instanceof Undefined undefined) {
            return undefined.failure();
        }
        return JinjaException.type(
                "unsupported operand types for %s: '%s' and '%s'"
                        .formatted(operator, a.typeName(), b.typeName()));
    }
}
