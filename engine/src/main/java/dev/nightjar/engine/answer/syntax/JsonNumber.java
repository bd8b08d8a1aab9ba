package dev.nightjar.engine.answer.syntax;

/** Follows a JSON number through its characters. For one thread. */
final class JsonNumber {

    private enum State {
        MINUS,
        ZERO,
        INTEGER,
        POINT,
        FRACTION,
        E,
        SIGN,
        EXPONENT
    }

    private State state = State.MINUS;

    /** Begins a number, if the character can. */
    boolean begins(char c) {
        state = c == '-' ? State.MINUS : c == '0' ? State.ZERO : State.INTEGER;
        return c == '-' || isDigit(c);
    }

    /** Takes a character, if it continues the number. */
    boolean accepts(char c) {
        State next = isDigit(c) ? afterDigit(c) : afterOther(c);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    /** Whether what was taken is a number. */
    boolean isWhole() {
        return switch (state) {
            case ZERO, INTEGER, FRACTION, EXPONENT -> true;
            case MINUS, POINT, E, SIGN -> false;
        };
    }

    /** What makes it a number. */
    String closing() {
        return isWhole() ? "" : "0";
    }

    private State afterDigit(char c) {
        return switch (state) {
            case MINUS -> c == '0' ? State.ZERO : State.INTEGER;
            case ZERO -> null;
            case INTEGER -> State.INTEGER;
            case POINT, FRACTION -> State.FRACTION;
            case E, SIGN, EXPONENT -> State.EXPONENT;
        };
    }

    private State afterOther(char c) {
        boolean inInteger = state == State.ZERO || state == State.INTEGER;
        return switch (c) {
            case '.' -> inInteger ? State.POINT : null;
            case 'e', 'E' -> inInteger || state == State.FRACTION ? State.E : null;
            case '+', '-' -> state == State.E ? State.SIGN : null;
            default -> null;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
