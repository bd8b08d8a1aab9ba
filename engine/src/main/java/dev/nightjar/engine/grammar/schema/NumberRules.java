package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.json.JsonKind;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.json.NumberLanguage;
import dev.nightjar.engine.grammar.json.NumberLanguage.Bound;
import dev.nightjar.engine.grammar.part.Part;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** What is demanded of numbers. Mutable. */
final class NumberRules {

    private static final int MAX_MULTIPLE = 1000;

    private Optional<Bound> lower = Optional.empty();
    private Optional<Bound> upper = Optional.empty();
    private int multipleOf = 1;
    private boolean isInteger;

    void add(Source source, Members members) {
        members.number("minimum").ifPresent(value -> raise(new Bound(value, false)));
        members.number("exclusiveMinimum").ifPresent(value -> raise(new Bound(value, true)));
        members.number("maximum").ifPresent(value -> cut(new Bound(value, false)));
        members.number("exclusiveMaximum").ifPresent(value -> cut(new Bound(value, true)));
        members.number("multipleOf").ifPresent(value -> multiply(source, value));
        Optional<String> format =
                members.value("format").isPresent() ? members.text("format") : Optional.empty();
        if (format.equals(Optional.of("int32"))) {
            raise(new Bound(BigDecimal.valueOf(Integer.MIN_VALUE), false));
            cut(new Bound(BigDecimal.valueOf(Integer.MAX_VALUE), false));
        }
    }

    private void raise(Bound bound) {
        int order = lower.map(before -> bound.value().compareTo(before.value())).orElse(1);
        if (order > 0 || (order == 0 && bound.isExclusive())) {
            lower = Optional.of(bound);
        }
    }

    private void cut(Bound bound) {
        int order = upper.map(before -> bound.value().compareTo(before.value())).orElse(-1);
        if (order < 0 || (order == 0 && bound.isExclusive())) {
            upper = Optional.of(bound);
        }
    }

    private void multiply(Source source, BigDecimal value) {
        boolean isWhole = value.stripTrailingZeros().scale() <= 0 && value.signum() > 0;
        if (!isWhole || value.compareTo(BigDecimal.valueOf(MAX_MULTIPLE)) > 0) {
            throw source.error(
                    "multipleOf",
                    "expected an integer from 1 to %d, found %s".formatted(MAX_MULTIPLE, value));
        }
        int own = value.intValueExact();
        BigInteger divisor = BigInteger.valueOf(own).gcd(BigInteger.valueOf(multipleOf));
        long least = (long) own / divisor.intValue() * multipleOf;
        if (least > MAX_MULTIPLE) {
            throw source.error(
                    "multipleOf",
                    "expected multiples of at most %d in all, found %d"
                            .formatted(MAX_MULTIPLE, least));
        }
        multipleOf = (int) least;
        isInteger = true;
    }

    boolean isFree() {
        return lower.isEmpty() && upper.isEmpty() && multipleOf == 1;
    }

    Part part(JsonKind kind) {
        boolean isWhole = kind == JsonKind.INTEGER || isInteger;
        if (isFree()) {
            return isWhole ? JsonRules.INTEGER : JsonRules.NUMBER;
        }
        return new Part.Regular(new NumberLanguage(isWhole, lower, upper, multipleOf).automaton());
    }

    boolean admits(BigDecimal value) {
        return new NumberLanguage(isInteger, lower, upper, multipleOf).contains(value);
    }

    /** Whether it is plain that no number can be valid. */
    boolean isNever() {
        return liesAbove(lower, upper);
    }

    private static boolean liesAbove(Optional<Bound> low, Optional<Bound> high) {
        if (low.isEmpty() || high.isEmpty()) {
            return false;
        }
        int order = low.get().value().compareTo(high.get().value());
        return order > 0 || (order == 0 && (low.get().isExclusive() || high.get().isExclusive()));
    }
}
