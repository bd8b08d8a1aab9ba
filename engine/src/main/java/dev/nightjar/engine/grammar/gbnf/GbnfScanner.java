package dev.nightjar.engine.grammar.gbnf;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters of a grammar, one after the other. For one thread. */
final class GbnfScanner {

    private static final Pattern HEX =
            Pattern.compile("x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})");

    private final String text;
    private int at;

    GbnfScanner(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    boolean isAtLineEnd() {
        return peek() == '\n' || peek() == '\r';
    }

    /** The next character; 0 at the end. */
    char peek() {
        return isAtEnd() ? 0 : text.charAt(at);
    }

    void take(String expected) {
        if (!text.startsWith(expected, at)) {
            throw error("expected \"%s\"".formatted(expected), at);
        }
        at += expected.length();
    }

    Matcher take(Pattern pattern, String expected) {
        Matcher found = match(pattern);
        if (found == null) {
            throw error("expected " + expected, at);
        }
        return found;
    }

    /** Takes what a pattern matches here, or returns null. */
    Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    /** Skips spaces and comments, ends of lines only if told so. */
    void skipSpace(boolean skipsLines) {
        while (!isAtEnd()) {
            if (peek() == '#') {
                while (!isAtEnd() && !isAtLineEnd()) {
                    at++;
                }
            } else if (peek() == ' ' || peek() == '\t' || (skipsLines && isAtLineEnd())) {
                at++;
            } else {
                return;
            }
        }
    }

    /** Goes to the bar of another alternative, here or on a later line, if there is one. */
    boolean isBeforeAlternative() {
        int start = at;
        skipSpace(true);
        if (peek() == '|') {
            return true;
        }
        at = start;
        return false;
    }

    String literal() {
        int start = at++;
        StringBuilder literal = new StringBuilder();
        while (peek() != '"') {
            if (isAtEnd() || isAtLineEnd()) {
                throw error("expected a \" at the end of the literal", start);
            }
            literal.appendCodePoint(character());
        }
        at++;
        return literal.toString();
    }

    RangeSet characterClass() {
        int start = at++;
        boolean isNegated = peek() == '^';
        at += isNegated ? 1 : 0;
        RangeSet set = RangeSet.EMPTY;
        while (peek() != ']') {
            if (isAtEnd() || isAtLineEnd()) {
                throw error("expected a ] at the end of the class", start);
            }
            int first = character();
            int last = first;
            if (peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                last = character();
            }
            if (last < first) {
                throw error("expected a range from a character to a later one", start);
            }
            set = set.union(RangeSet.of(first, last));
        }
        at++;
        return isNegated ? RangeSet.SCALARS.minus(set) : set;
    }

    private int character() {
        int point = text.codePointAt(at);
        int start = at;
        at += Character.charCount(point);
        if (point != '\\') {
            return point;
        }
        Matcher hex = match(HEX);
        if (hex != null) {
            for (int i = 1; i <= 3; i++) {
                point = hex.group(i) == null ? point : Integer.parseUnsignedInt(hex.group(i), 16);
            }
            if (!RangeSet.SCALARS.contains(point)) {
                throw error("expected a code point up to 10FFFF that is no surrogate", start);
            }
            return point;
        }
        int letter = "tnr\\\"[]^-".indexOf(peek());
        if (isAtEnd() || letter < 0) {
            throw error("unknown escape", start);
        }
        at++;
        return "\t\n\r\\\"[]^-".charAt(letter);
    }

    /** An error at a position. */
    GrammarProblem error(String problem, int position) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < position; i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        String place = "line %d column %d".formatted(line, column);
        return new GrammarProblem(place, "%s, at %s".formatted(problem, place));
    }
}
