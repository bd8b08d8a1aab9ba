package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers between bounds, digit by digit and so exactly. They have no exponent, and no more digits
 * than keep a comparison of doubles true.
 *
 * @param isInteger without a fraction
 * @param lower the lower bound, if there is one
 * @param upper the upper bound, if there is one
 * @param multipleOf only multiples of this, if it is above 1; integers only
 */
public record NumberLanguage(
        boolean isInteger, Optional<Bound> lower, Optional<Bound> upper, int multipleOf) {

    private static final int MAX_STATES = 50_000;
    private static final int MAX_BOUND_DIGITS = 40;
    private static final String PLACE = "minimum, maximum";

    /**
     * A bound.
     *
     * @param value what numbers are compared with
     * @param isExclusive whether the bound itself is out
     */
    public record Bound(BigDecimal value, boolean isExclusive) {}

    /** The numbers; empty if there are none. */
    public Automaton automaton() {
        Automaton numbers = union(unsigned(false), unsigned(true));
        return multipleOf > 1 ? both(numbers, multiples()) : numbers;
    }

    /** Numbers of one sign, with the sign. */
    private Automaton unsigned(boolean isNegative) {
        Automaton result = digits(isNegative);
        Optional<Bound> least = isNegative ? upper : lower;
        Optional<Bound> most = isNegative ? lower : upper;
        if (least.isPresent()) {
            BigDecimal limit = signed(least.get(), isNegative);
            if (limit.signum() > 0 || (limit.signum() == 0 && least.get().isExclusive())) {
                result = both(result, DigitComparison.above(limit, !least.get().isExclusive()));
            }
        }
        if (most.isPresent()) {
            BigDecimal limit = signed(most.get(), isNegative);
            if (limit.signum() < (isNegative ? 1 : 0)) {
                result = Automaton.NOTHING;
            } else {
                result = both(result, DigitComparison.below(limit, !most.get().isExclusive()));
            }
        }
        return isNegative ? negative(result) : result;
    }

    private static BigDecimal signed(Bound bound, boolean isNegative) {
        return isNegative ? bound.value().negate() : bound.value();
    }

    /** All numbers that may be written, without sign; for negative integers not 0. */
    private Automaton digits(boolean isNegative) {
        int whole =
                Math.max(
                        maxWhole(),
                        isInteger ? JsonRules.MAX_INTEGER_DIGITS : JsonRules.MAX_DIGITS);
        int fraction = isInteger ? 0 : Math.max(maxScale(), JsonRules.MAX_DIGITS - maxWhole());
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int end = nfa.addState();
        int point = nfa.addState();
        int at = nfa.addState();
        nfa.edge(start, '1', '9', at);
        if (!isInteger || !isNegative) {
            int zero = nfa.addState();
            nfa.edge(start, '0', '0', zero);
            nfa.free(zero, point);
        }
        for (int i = 1; i < whole; i++) {
            nfa.free(at, point);
            int next = nfa.addState();
            nfa.edge(at, '0', '9', next);
            at = next;
        }
        nfa.free(at, point);
        nfa.free(point, end);
        if (fraction > 0) {
            at = nfa.addState();
            nfa.edge(point, '.', '.', at);
            for (int i = 0; i < fraction; i++) {
                int next = nfa.addState();
                nfa.edge(at, '0', '9', next);
                nfa.free(next, end);
                at = next;
            }
        }
        return determinized(nfa, start, end);
    }

    private int maxWhole() {
        int max = 1;
        for (Bound bound : bounds()) {
            max = Math.max(max, bound.value().precision() - bound.value().scale());
        }
        if (max > MAX_BOUND_DIGITS) {
            throw new GrammarProblem(
                    PLACE,
                    "expected bounds of at most %d digits, found one of %d"
                            .formatted(MAX_BOUND_DIGITS, max));
        }
        return max;
    }

    private int maxScale() {
        int max = 1;
        for (Bound bound : bounds()) {
            max = Math.max(max, bound.value().scale());
        }
        if (max > MAX_BOUND_DIGITS) {
            throw new GrammarProblem(
                    PLACE,
                    "expected bounds with at most %d digits after the point, found %d"
                            .formatted(MAX_BOUND_DIGITS, max));
        }
        return max;
    }

    private List<Bound> bounds() {
        List<Bound> bounds = new ArrayList<>();
        lower.ifPresent(bounds::add);
        upper.ifPresent(bounds::add);
        return bounds;
    }

    /** Integers by their remainder, with or without sign. */
    private Automaton multiples() {
        Automaton.Builder result = new Automaton.Builder();
        int start = result.addState(false);
        for (int rest = 0; rest < multipleOf; rest++) {
            result.addState(rest == 0);
        }
        result.edge(start, '-', '-', start);
        for (int state = 0; state <= multipleOf; state++) {
            int rest = Math.max(0, state - 1);
            for (int digit = 0; digit < 10; digit++) {
                int next = (10 * rest + digit) % multipleOf;
                result.edge(state, '0' + digit, '0' + digit, 1 + next);
            }
        }
        return result.build();
    }

    private static Automaton negative(Automaton digits) {
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int sign = nfa.addState();
        int end = nfa.addState();
        nfa.edge(start, '-', '-', sign);
        nfa.embed(digits, sign, end);
        return determinized(nfa, start, end);
    }

    private static Automaton union(Automaton a, Automaton b) {
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int end = nfa.addState();
        nfa.embed(a, start, end);
        nfa.embed(b, start, end);
        return determinized(nfa, start, end);
    }

    private static Automaton determinized(Nfa nfa, int start, int end) {
        return nfa.determinized(start, end, MAX_STATES)
                .orElseThrow(NumberLanguage::tooLarge)
                .trimmed();
    }

    private static Automaton both(Automaton a, Automaton b) {
        return a.intersect(b, MAX_STATES).orElseThrow(NumberLanguage::tooLarge);
    }

    private static GrammarProblem tooLarge() {
        return new GrammarProblem(PLACE, "bounds and multiples together are too large");
    }

    /** Whether a text of digits is in the language; for values that a schema lists. */
    public boolean contains(BigDecimal value) {
        boolean isAbove = lower.isEmpty() || compare(value, lower.get()) > 0;
        boolean isBelow =
                upper.isEmpty()
                        || compare(upper.get().value(), new Bound(value, upper.get().isExclusive()))
                                > 0;
        boolean isWhole = value.stripTrailingZeros().scale() <= 0;
        boolean isMultiple =
                multipleOf <= 1 || value.remainder(BigDecimal.valueOf(multipleOf)).signum() == 0;
        return isAbove && isBelow && isMultiple && (isWhole || !isInteger);
    }

    /** Above 0 if a value lies above a bound, or on it where that is allowed. */
    private static int compare(BigDecimal value, Bound bound) {
        int order = value.compareTo(bound.value());
        return order == 0 && !bound.isExclusive() ? 1 : order;
    }
}
