package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.json.JsonStrings;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.regex.Regex;
import java.util.ArrayList;
import java.util.List;

/** What is demanded of strings. Mutable. */
final class StringRules {

    private static final int MAX_STATES = 20_000;

    private final List<Regex> patterns = new ArrayList<>();
    private int minLength;
    private int maxLength = Integer.MAX_VALUE;
    private String place = "#";

    void add(Source source, Members members) {
        members.size("minLength").ifPresent(size -> minLength = Math.max(minLength, size));
        members.size("maxLength").ifPresent(size -> maxLength = Math.min(maxLength, size));
        members.text("pattern").ifPresent(pattern -> patterns.add(pattern(source, pattern)));
        members.text("format")
                .flatMap(format -> StringFormats.pattern(source, format))
                .ifPresent(pattern -> patterns.add(Regex.whole(pattern)));
        place = patterns.isEmpty() ? place : source.pointer();
    }

    private static Regex pattern(Source source, String pattern) {
        try {
            return Regex.search(pattern);
        } catch (GrammarProblem problem) {
            throw source.error("pattern", problem.getMessage());
        }
    }

    boolean isFree() {
        return patterns.isEmpty() && !hasLengths();
    }

    private boolean hasLengths() {
        return minLength > 0 || maxLength < Integer.MAX_VALUE;
    }

    /** The strings, in quotes. */
    Part part() {
        if (maxLength < minLength) {
            return Part.NEVER;
        }
        if (patterns.isEmpty() && !hasLengths()) {
            return JsonRules.STRING;
        }
        if (patterns.isEmpty()) {
            boolean isBounded = maxLength < Integer.MAX_VALUE;
            return Part.sequence(
                    JsonRules.QUOTE,
                    Part.repeat(JsonRules.CHARACTER, minLength, isBounded ? maxLength : minLength),
                    isBounded ? JsonRules.QUOTE : JsonRules.STRING_REST);
        }
        if (patterns.size() == 1 && !hasLengths()) {
            return Part.sequence(
                    JsonRules.QUOTE, patterns.getFirst().part(JsonStrings::chars), JsonRules.QUOTE);
        }
        return JsonStrings.quoted(automaton());
    }

    /** The strings as an automaton over code points. */
    Automaton automaton() {
        Automaton all = lengths();
        for (Regex pattern : patterns) {
            Automaton before = all;
            all =
                    pattern.automaton()
                            .flatMap(own -> own.intersect(before, MAX_STATES))
                            .orElseThrow(this::tooLarge);
        }
        return all;
    }

    private Automaton lengths() {
        boolean isBounded = maxLength < Integer.MAX_VALUE;
        int last = isBounded ? maxLength : minLength;
        if (last > MAX_STATES) {
            throw tooLarge();
        }
        Automaton.Builder result = new Automaton.Builder();
        for (int length = 0; length <= last; length++) {
            result.addState(length >= minLength);
        }
        for (int length = 0; length < last; length++) {
            addAll(result, length, length + 1);
        }
        if (!isBounded) {
            addAll(result, last, last);
        }
        return result.build();
    }

    private static void addAll(Automaton.Builder result, int from, int to) {
        for (int i = 0; i < RangeSet.SCALARS.numRanges(); i++) {
            result.edge(from, RangeSet.SCALARS.first(i), RangeSet.SCALARS.last(i), to);
        }
    }

    boolean admits(String text) {
        int length = text.codePointCount(0, text.length());
        boolean fits = length >= minLength && length <= maxLength;
        return fits && (patterns.isEmpty() || automaton().accepts(text.codePoints().toArray()));
    }

    /** Whether it is plain that no string can be valid. */
    boolean isNever() {
        return minLength > maxLength || (!patterns.isEmpty() && automaton().isEmpty());
    }

    private GrammarProblem tooLarge() {
        return new GrammarProblem(
                place,
                ("%s: pattern, format, minLength and maxLength together are too large; make the"
                                + " lengths smaller or put them into the pattern")
                        .formatted(place));
    }
}
