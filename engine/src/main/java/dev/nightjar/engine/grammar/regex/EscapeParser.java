package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses escapes and classes of a regular expression. For one thread. */
final class EscapeParser {

    private static final Pattern HEX =
            Pattern.compile("x([0-9A-Fa-f]{2})|[xu]\\{([0-9A-Fa-f]{1,6})}|u([0-9A-Fa-f]{4})");
    private static final Pattern PROPERTY = Pattern.compile("[pP](?:\\{([\\w=]+)}|([A-Z]))");
    private static final String CONTROL_LETTERS = "tnrfv0";
    private static final String CONTROLS = "\t\n\r\f\u000B\0";

    private final String pattern;
    private final CharacterSets sets = new CharacterSets();
    private int end;

    EscapeParser(String pattern) {
        this.pattern = pattern;
    }

    /** Where what was parsed last ends. */
    int end() {
        return end;
    }

    /** The set of a class; its bracket is at {@code start}. */
    RangeSet characterClass(int start) {
        int at = start + 1;
        boolean isNegated = at < pattern.length() && pattern.charAt(at) == '^';
        at += isNegated ? 1 : 0;
        int first = at;
        RangeSet set = RangeSet.EMPTY;
        while (true) {
            if (at >= pattern.length()) {
                throw error("expected \"]\" at the end of the class", start);
            }
            if (pattern.charAt(at) == ']') {
                if (at == first) {
                    throw error("expected characters in the class, found none", start);
                }
                end = at + 1;
                return isNegated ? RangeSet.SCALARS.minus(set) : set;
            }
            RangeSet item = item(at);
            int last = end;
            boolean isRange =
                    last + 1 < pattern.length()
                            && pattern.charAt(last) == '-'
                            && pattern.charAt(last + 1) != ']';
            if (isRange) {
                item = range(item, item(last + 1), at);
                last = end;
            }
            set = set.union(item);
            at = last;
        }
    }

    private RangeSet item(int at) {
        if (pattern.startsWith("\\b", at)) {
            end = at + 2;
            return RangeSet.of('\b');
        }
        if (pattern.startsWith("[:", at) || pattern.startsWith("&&", at)) {
            throw error("named classes and intersections of classes are not supported", at);
        }
        if (pattern.charAt(at) == '\\') {
            return escape(at);
        }
        int point = pattern.codePointAt(at);
        end = at + Character.charCount(point);
        return RangeSet.of(point);
    }

    private static RangeSet range(RangeSet from, RangeSet to, int at) {
        boolean isRange = isOne(from) && isOne(to) && from.first(0) <= to.first(0);
        if (!isRange) {
            throw error("expected a range from one character to a later one", at);
        }
        return RangeSet.of(from.first(0), to.first(0));
    }

    private static boolean isOne(RangeSet set) {
        return set.numRanges() == 1 && set.first(0) == set.last(0);
    }

    /** The set of an escape; its backslash is at {@code start}. */
    RangeSet escape(int start) {
        if (start + 1 >= pattern.length()) {
            throw error("expected a character after \"\\\"", start);
        }
        int letter = pattern.codePointAt(start + 1);
        end = start + 1 + Character.charCount(letter);
        return switch (letter) {
            case 'd' -> CharacterSets.DIGIT;
            case 'D' -> RangeSet.SCALARS.minus(CharacterSets.DIGIT);
            case 'w' -> CharacterSets.WORD;
            case 'W' -> RangeSet.SCALARS.minus(CharacterSets.WORD);
            case 's' -> CharacterSets.SPACE;
            case 'S' -> CharacterSets.NO_SPACE;
            case 'p', 'P' -> property(start);
            case 'x', 'u' -> hex(start);
            case 'b', 'B', 'A', 'z', 'Z', 'G' ->
                    throw error("\"\\%c\" is not supported".formatted(letter), start);
            case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                    throw error("references back to a group are not supported", start);
            default -> other(letter, start);
        };
    }

    private static RangeSet other(int letter, int start) {
        int control = CONTROL_LETTERS.indexOf(letter);
        if (control >= 0) {
            return RangeSet.of(CONTROLS.charAt(control));
        }
        if (CharacterSets.WORD.contains(letter) && letter != '_') {
            throw error("unknown escape \"\\%c\"".formatted(letter), start);
        }
        return RangeSet.of(letter);
    }

    private RangeSet property(int start) {
        Matcher matcher = PROPERTY.matcher(pattern).region(start + 1, pattern.length());
        if (!matcher.lookingAt()) {
            throw error("expected \\p{name}", start);
        }
        end = matcher.end();
        String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        Optional<RangeSet> set = sets.property(name);
        boolean isNegated = pattern.charAt(start + 1) == 'P';
        return set.map(found -> found.intersect(RangeSet.SCALARS))
                .map(found -> isNegated ? RangeSet.SCALARS.minus(found) : found)
                .orElseThrow(() -> error("unknown property \"%s\"".formatted(name), start));
    }

    private RangeSet hex(int start) {
        Matcher matcher = HEX.matcher(pattern).region(start + 1, pattern.length());
        if (!matcher.lookingAt()) {
            throw error("expected \\xHH, \\x{H}, \\uHHHH or \\u{H}", start);
        }
        end = matcher.end();
        int point = 0;
        for (int i = 1; i <= 3; i++) {
            point = matcher.group(i) == null ? point : Integer.parseInt(matcher.group(i), 16);
        }
        if (point > RangeSet.MAX_CODE_POINT) {
            throw error("expected a code point up to 10FFFF", start);
        }
        // Two escapes may spell the halves of one code point.
        Matcher low =
                HEX.matcher(pattern).region(Math.min(end + 1, pattern.length()), pattern.length());
        if (point >= 0xD800
                && point <= 0xDBFF
                && pattern.startsWith("\\u", end)
                && low.lookingAt()) {
            int unit = low.group(3) == null ? 0 : Integer.parseInt(low.group(3), 16);
            if (unit >= 0xDC00 && unit <= 0xDFFF) {
                end = low.end();
                point = Character.toCodePoint((char) point, (char) unit);
            }
        }
        return RangeSet.of(point);
    }

    private static GrammarProblem error(String problem, int position) {
        return new GrammarProblem(
                "position " + position, "%s, at position %d".formatted(problem, position));
    }
}
