package dev.nightjar.tokenizer.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** What numbers of different types have in common. */
public final class Numbers {
    private Numbers() {}

    /** The value as an {@link Int} or {@link Real}, if it is a number; booleans are. */
    public static Optional<Value> of(Value value) {
        return switch (value) {
            case Int number -> Optional.of(number);
            case Real number -> Optional.of(number);
            case Bool bool -> Optional.of(Int.of(bool.value() ? 1 : 0));
            default -> Optional.empty();
        };
    }

    /** The integer that a number or boolean is, if it is one. */
    public static Optional<BigInteger> integer(Value value) {
        return of(value).filter(Int.class::isInstance).map(number -> ((Int) number).value());
    }

    /** A number as floating point. */
    public static double real(Value number) {
        if (number instanceof Real real) {
            return real.value();
        }
        double value = integer(number).orElseThrow().doubleValue();
        if (Double.isInfinite(value)) {
            throw JinjaException.type("int too large to convert to float");
        }
        return value;
    }

    /** The order of two numbers; empty if one of them is not a number at all. */
    static Optional<Integer> compare(Value a, Value b) {
        if (a instanceof Int x && b instanceof Int y) {
            return Optional.of(x.value().compareTo(y.value()));
        }
        if (a instanceof Real x && b instanceof Real y) {
            return Double.isNaN(x.value()) || Double.isNaN(y.value())
                    ? Optional.empty()
                    : Optional.of(x.value() < y.value() ? -1 : x.value() > y.value() ? 1 : 0);
        }
        return a instanceof Real real
                ? compare(b, a).map(order -> -order)
                : compareMixed(((Int) a).value(), ((Real) b).value());
    }

    private static Optional<Integer> compareMixed(BigInteger a, double b) {
        if (Double.isNaN(b)) {
            return Optional.empty();
        }
        return Optional.of(
                Double.isInfinite(b)
                        ? b > 0 ? -1 : 1
                        : new BigDecimal(a).compareTo(new BigDecimal(b)));
    }

    static boolean equal(Value a, Object b) {
        return b instanceof Value value
                && of(value).isPresent()
                && compare(of(a).orElseThrow(), of(value).orElseThrow()).equals(Optional.of(0));
    }

    /** Equal numbers have equal hashes, whatever their types. */
    static int hash(Value number) {
        return Double.hashCode(
                number instanceof Real real
                        ? real.value() + 0.0
                        : integer(number).orElseThrow().doubleValue());
    }
}
