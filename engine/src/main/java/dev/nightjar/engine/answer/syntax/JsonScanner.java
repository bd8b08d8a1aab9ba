package dev.nightjar.engine.answer.syntax;

import java.util.Optional;

/**
 * Follows one JSON value through its characters, so that it can be forwarded before it is complete.
 * What models get wrong and is plain in meaning is set right on the way: line breaks within
 * strings, Python's names of constants. For one thread.
 */
public final class JsonScanner {

    /** Deeper arguments are of no use to anybody. */
    private static final int MAX_DEPTH = 128;

    private static final String[][] WORDS = {
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {"True", "true"},
        {"False", "false"},
        {"None", "null"}
    };

    private enum State {
        VALUE,
        FIRST_ELEMENT,
        FIRST_KEY,
        KEY,
        COLON,
        AFTER,
        STRING,
        ESCAPE,
        UNICODE,
        WORD,
        NUMBER,
        END
    }

    private final StringBuilder open = new StringBuilder();
    private final JsonNumber number = new JsonNumber();
    private State state = State.VALUE;
    private boolean isKey;
    private int digits;
    private String[] word;
    private int wordAt;

    /** Before the value. */
    public JsonScanner() {}

    /** The value of a text, set right, if the text is one value and nothing but white space. */
    public static Optional<String> value(String text) {
        JsonScanner scanner = new JsonScanner();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (scanner.state == State.END ? !isSpace(c) : isWrong(scanner.accept(c, out))) {
                return Optional.empty();
            }
        }
        boolean isWhole = scanner.state == State.END || scanner.isWholeNumber();
        return isWhole ? Optional.of(out.toString().strip()) : Optional.empty();
    }

    private static boolean isWrong(Verdict verdict) {
        return verdict == Verdict.WRONG;
    }

    /**
     * Takes a character.
     *
     * @param out gets what is to be forwarded
     */
    public Verdict accept(char c, StringBuilder out) {
        return switch (state) {
            case VALUE -> isSpace(c) ? forward(c, out) : value(c, out);
            case FIRST_ELEMENT -> isSpace(c) ? forward(c, out) : firstElement(c, out);
            case FIRST_KEY, KEY -> isSpace(c) ? forward(c, out) : key(c, out);
            case COLON -> isSpace(c) ? forward(c, out) : colon(c, out);
            case AFTER -> isSpace(c) ? forward(c, out) : after(c, out);
            case STRING -> string(c, out);
            case ESCAPE -> escape(c, out);
            case UNICODE -> unicode(c, out);
            case WORD -> word(c, out);
            case NUMBER -> number(c, out);
            case END -> isSpace(c) ? Verdict.BEFORE : Verdict.WRONG;
        };
    }

    /** What has to follow for the value to be complete. */
    public String closing() {
        StringBuilder closing = new StringBuilder();
        switch (state) {
            case STRING, ESCAPE -> closing.append('"');
            case UNICODE -> closing.append("0".repeat(digits)).append('"');
            case WORD -> closing.append(word[1].substring(wordAt));
            case NUMBER -> closing.append(number.closing());
            case VALUE -> closing.append("null");
            case KEY -> closing.append("\"\":null");
            case COLON -> closing.append(":null");
            default -> {}
        }
        if (isKey && (state == State.STRING || state == State.ESCAPE || state == State.UNICODE)) {
            closing.append(":null");
        }
        for (int i = open.length() - 1; i >= 0; i--) {
            closing.append(open.charAt(i) == '{' ? '}' : ']');
        }
        return closing.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static Verdict forward(char c, StringBuilder out) {
        out.append(c);
        return Verdict.MORE;
    }

    private Verdict move(State next, char c, StringBuilder out) {
        state = next;
        return forward(c, out);
    }

    private Verdict value(char c, StringBuilder out) {
        switch (c) {
            case '{', '[' -> {
                return descend(c, out);
            }
            case '"' -> {
                isKey = false;
                return move(State.STRING, c, out);
            }
            default -> {
                return number.begins(c) ? move(State.NUMBER, c, out) : beginWord(c, out);
            }
        }
    }

    private Verdict descend(char c, StringBuilder out) {
        if (open.length() == MAX_DEPTH) {
            return Verdict.WRONG;
        }
        open.append(c);
        return move(c == '{' ? State.FIRST_KEY : State.FIRST_ELEMENT, c, out);
    }

    private Verdict beginWord(char c, StringBuilder out) {
        for (String[] candidate : WORDS) {
            if (candidate[0].charAt(0) == c) {
                word = candidate;
                wordAt = 1;
                return move(State.WORD, candidate[1].charAt(0), out);
            }
        }
        return Verdict.WRONG;
    }

    private Verdict firstElement(char c, StringBuilder out) {
        return c == ']' ? ascend(c, out) : value(c, out);
    }

    private Verdict key(char c, StringBuilder out) {
        if (c == '}' && state == State.FIRST_KEY) {
            return ascend(c, out);
        }
        isKey = true;
        return c == '"' ? move(State.STRING, c, out) : Verdict.WRONG;
    }

    private Verdict colon(char c, StringBuilder out) {
        return c == ':' ? move(State.VALUE, c, out) : Verdict.WRONG;
    }

    private Verdict after(char c, StringBuilder out) {
        boolean inObject = open.charAt(open.length() - 1) == '{';
        if (c == ',') {
            return move(inObject ? State.KEY : State.VALUE, c, out);
        }
        return c == (inObject ? '}' : ']') ? ascend(c, out) : Verdict.WRONG;
    }

    private Verdict ascend(char c, StringBuilder out) {
        open.setLength(open.length() - 1);
        out.append(c);
        return valueEnded();
    }

    private Verdict valueEnded() {
        state = open.isEmpty() ? State.END : State.AFTER;
        return state == State.END ? Verdict.DONE : Verdict.MORE;
    }

    private Verdict string(char c, StringBuilder out) {
        if (c == '"') {
            out.append(c);
            if (isKey) {
                state = State.COLON;
                return Verdict.MORE;
            }
            return valueEnded();
        }
        if (c == '\\') {
            state = State.ESCAPE; // forwarded with what it escapes
            return Verdict.MORE;
        }
        JsonStrings.escape(c, out);
        return Verdict.MORE;
    }

    private Verdict escape(char c, StringBuilder out) {
        state = c == 'u' ? State.UNICODE : State.STRING;
        digits = 4;
        if (c == '\'') {
            out.append(c);
        } else if ("\"\\/bfnrtu".indexOf(c) >= 0) {
            out.append('\\').append(c);
        } else {
            out.append("\\\\");
            JsonStrings.escape(c, out);
        }
        return Verdict.MORE;
    }

    private Verdict unicode(char c, StringBuilder out) {
        if (Character.digit(c, 16) < 0 || c > 'f') {
            return Verdict.WRONG;
        }
        digits--;
        return move(digits == 0 ? State.STRING : State.UNICODE, c, out);
    }

    private Verdict word(char c, StringBuilder out) {
        if (c != word[0].charAt(wordAt)) {
            return Verdict.WRONG;
        }
        out.append(word[1].charAt(wordAt));
        wordAt++;
        return wordAt == word[0].length() ? valueEnded() : Verdict.MORE;
    }

    private Verdict number(char c, StringBuilder out) {
        if (number.accepts(c)) {
            return forward(c, out);
        }
        if (!number.isWhole()) {
            return Verdict.WRONG;
        }
        if (open.isEmpty()) {
            state = State.END;
            return Verdict.BEFORE;
        }
        state = State.AFTER;
        return accept(c, out);
    }

    private boolean isWholeNumber() {
        return state == State.NUMBER && open.isEmpty() && number.isWhole();
    }
}
