package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.regex.Expression.Anchor;
import dev.nightjar.engine.grammar.regex.Expression.Chars;
import dev.nightjar.engine.grammar.regex.Expression.Choice;
import dev.nightjar.engine.grammar.regex.Expression.Repeat;
import dev.nightjar.engine.grammar.regex.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses one regular expression. */
final class RegexParser {

    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_REPEAT = 1_000_000;
    private static final Pattern BOUNDS = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\?P?<[A-Za-z_]\\w*>");

    private final String pattern;
    private final EscapeParser escapes;
    private int at;
    private int depth;

    RegexParser(String pattern) {
        this.pattern = pattern;
        escapes = new EscapeParser(pattern);
        if (pattern.length() > MAX_LENGTH) {
            throw new GrammarProblem(
                    "position " + MAX_LENGTH,
                    "expected an expression of at most %d characters, found %d"
                            .formatted(MAX_LENGTH, pattern.length()));
        }
    }

    Expression parse() {
        Expression expression = choice();
        if (at < pattern.length()) {
            throw error("a \")\" without its \"(\"", at);
        }
        return expression;
    }

    private Expression choice() {
        List<Expression> parts = new ArrayList<>();
        parts.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            parts.add(sequence());
        }
        return parts.size() == 1 ? parts.getFirst() : new Choice(parts);
    }

    private Expression sequence() {
        List<Expression> parts = new ArrayList<>();
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            int start = at;
            Expression atom = atom();
            Expression repeated = quantified(atom);
            if (repeated != atom && atom instanceof Anchor) {
                throw error("a repeated anchor", start);
            }
            parts.add(repeated);
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private Expression quantified(Expression atom) {
        if (at >= pattern.length()) {
            return atom;
        }
        int start = at;
        int min;
        int max = Repeat.UNBOUNDED;
        Matcher bounds = BOUNDS.matcher(pattern).region(at, pattern.length());
        char next = pattern.charAt(at);
        if (next == '*' || next == '+' || next == '?') {
            at++;
            min = next == '+' ? 1 : 0;
            max = next == '?' ? 1 : Repeat.UNBOUNDED;
        } else if (next == '{' && bounds.lookingAt()) {
            at = bounds.end();
            min = Integer.parseInt(bounds.group(1));
            if (bounds.group(2) == null) {
                max = min;
            } else if (!bounds.group(3).isEmpty()) {
                max = Integer.parseInt(bounds.group(3));
            }
        } else {
            return atom;
        }
        if (min > MAX_REPEAT || max > MAX_REPEAT || (max != Repeat.UNBOUNDED && max < min)) {
            throw error("bounds that are no 0 <= min <= max <= %d".formatted(MAX_REPEAT), start);
        }
        skipGreed();
        return new Repeat(atom, min, max);
    }

    private void skipGreed() {
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            at++;
        } else if (at < pattern.length() && "*+".indexOf(pattern.charAt(at)) >= 0) {
            throw error("a possessive or repeated quantifier", at);
        }
    }

    private Expression atom() {
        int start = at;
        char next = pattern.charAt(at);
        switch (next) {
            case '(' -> {
                return group();
            }
            case '[' -> {
                RangeSet set = escapes.characterClass(at);
                at = escapes.end();
                return new Chars(set);
            }
            case '\\' -> {
                RangeSet set = escapes.escape(at);
                at = escapes.end();
                return new Chars(set);
            }
            case '.' -> {
                at++;
                return new Chars(CharacterSets.DOT);
            }
            case '^', '$' -> {
                at++;
                return new Anchor(next == '^', start);
            }
            case '*', '+', '?' -> throw error("a quantifier that repeats nothing", at);
            default -> {
                int point = pattern.codePointAt(at);
                at += Character.charCount(point);
                return new Chars(RangeSet.of(point));
            }
        }
    }

    private Expression group() {
        int start = at++;
        Matcher name = GROUP_NAME.matcher(pattern).region(at, pattern.length());
        if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (name.lookingAt()) {
            at = name.end();
        } else if (at < pattern.length() && pattern.charAt(at) == '?') {
            boolean looks = Pattern.compile("\\?<?[=!]").matcher(pattern.substring(at)).lookingAt();
            throw error(looks ? "a look-around" : "a group with flags or of unknown kind", start);
        }
        if (++depth > MAX_DEPTH) {
            throw error("groups more than %d deep".formatted(MAX_DEPTH), start);
        }
        Expression expression = choice();
        depth--;
        if (at >= pattern.length()) {
            throw error("a \"(\" without its \")\"", start);
        }
        at++;
        // A group of its own, so that anchors inside are not those of what stands around it.
        return expression;
    }

    private static GrammarProblem error(String found, int position) {
        return new GrammarProblem(
                "position " + position,
                "%s is not supported in a regular expression, found at position %d"
                        .formatted(found, position));
    }
}
