package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.grammar.automaton.Automaton;
import java.math.BigDecimal;

/**
 * Compares decimal numbers without sign and without leading zeros with a limit, digit by digit. As
 * many digits before the point as the limit has are compared one by one; fewer mean less, more mean
 * more. Then the digits after the point decide.
 */
final class DigitComparison {

    private static final int LESS = 0;
    private static final int EQUAL = 1;
    private static final int MORE = 2;

    private final String whole;
    private final String fraction;
    private final boolean[] isWanted;
    private final Automaton.Builder result = new Automaton.Builder();

    private DigitComparison(BigDecimal limit, boolean less, boolean equal, boolean more) {
        String[] parts = limit.stripTrailingZeros().toPlainString().split("\\.", 2);
        whole = parts[0];
        fraction = parts.length > 1 ? parts[1] : "";
        isWanted = new boolean[] {less, equal, more};
    }

    /** The numbers above a limit that is not negative, and the limit if wanted. */
    static Automaton above(BigDecimal limit, boolean isIncluded) {
        return new DigitComparison(limit, false, isIncluded, true).build();
    }

    /** The numbers below a limit that is not negative, and the limit if wanted. */
    static Automaton below(BigDecimal limit, boolean isIncluded) {
        return new DigitComparison(limit, true, isIncluded, false).build();
    }

    /**
     * States: {@code 3 p + order} after {@code p} digits before the point; then one for more digits
     * than the limit has; then {@code j} equal digits after the point; then less; then more.
     */
    private Automaton build() {
        int length = whole.length();
        int isLong = 3 * (length + 1);
        int equal = isLong + 1;
        int less = equal + fraction.length() + 1;
        int more = less + 1;
        for (int state = 0; state <= more; state++) {
            result.addState(state > 2 && isWanted[order(state, isLong, equal, less)]);
        }
        for (int digits = 0; digits < length; digits++) {
            for (int order = LESS; order <= MORE; order++) {
                addDigits(3 * digits + order, order, whole.charAt(digits), 3 * digits + 3);
            }
            if (digits > 0) {
                addPoint(3 * digits, 3, less);
            }
        }
        result.edge(3 * length + LESS, '.', '.', less);
        result.edge(3 * length + EQUAL, '.', '.', equal);
        result.edge(3 * length + MORE, '.', '.', more);
        for (int order = LESS; order <= MORE; order++) {
            result.edge(3 * length + order, '0', '9', isLong);
        }
        result.edge(isLong, '0', '9', isLong);
        result.edge(isLong, '.', '.', more);
        addFraction(equal, less, more);
        return startingEqual();
    }

    private int order(int state, int isLong, int equal, int less) {
        if (state < isLong) {
            boolean isShort = state / 3 < whole.length();
            boolean hasRest = state % 3 == EQUAL && !fraction.isEmpty();
            return isShort || hasRest ? LESS : state % 3;
        }
        if (state == isLong || state > less) {
            return MORE;
        }
        return state == equal + fraction.length() ? EQUAL : LESS;
    }

    private void addDigits(int from, int order, char digit, int next) {
        if (order != EQUAL) {
            result.edge(from, '0', '9', next + order);
            return;
        }
        addRange(from, '0', (char) (digit - 1), next + LESS);
        addRange(from, digit, digit, next + EQUAL);
        addRange(from, (char) (digit + 1), '9', next + MORE);
    }

    private void addPoint(int from, int numStates, int to) {
        for (int i = 0; i < numStates; i++) {
            result.edge(from + i, '.', '.', to);
        }
    }

    private void addFraction(int equal, int less, int more) {
        for (int j = 0; j < fraction.length(); j++) {
            char digit = fraction.charAt(j);
            addRange(equal + j, '0', (char) (digit - 1), less);
            addRange(equal + j, digit, digit, equal + j + 1);
            addRange(equal + j, (char) (digit + 1), '9', more);
        }
        int last = equal + fraction.length();
        result.edge(last, '0', '0', last);
        result.edge(last, '1', '9', more);
        result.edge(less, '0', '9', less);
        result.edge(more, '0', '9', more);
    }

    private void addRange(int from, char first, char last, int to) {
        if (first <= last) {
            result.edge(from, first, last, to);
        }
    }

    /** The start is equal so far, which is state 1, while automata start in state 0. */
    private Automaton startingEqual() {
        return result.build().startingAt(EQUAL);
    }
}
