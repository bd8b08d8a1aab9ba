package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.automaton.Utf8Edges;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings as JSON writes them. Where a string is constrained, each character has one spelling: as
 * it is, or with the shortest escape if it must have one.
 */
public final class JsonStrings {

    /** Code points that may stand in a string as they are. */
    static final RangeSet RAW =
            RangeSet.of(0x20, RangeSet.MAX_CODE_POINT)
                    .minus(RangeSet.ofText("\"\\"))
                    .intersect(RangeSet.SCALARS);

    /** Code points that must be escaped. */
    private static final RangeSet ESCAPED = RangeSet.SCALARS.minus(RAW);

    private static final String SHORT = "\"\\\b\f\n\r\t";
    private static final String LETTERS = "\"\\bfnrt";

    private static final int MAX_EDGES = 400_000;

    private JsonStrings() {}

    /** A string with its quotes. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        point ->
                                quoted.append(
                                        ESCAPED.contains(point)
                                                ? escape(point)
                                                : Character.toString(point)));
        return quoted.append('"').toString();
    }

    /** One code point of a set. */
    public static Part chars(RangeSet set) {
        List<Part> parts = new ArrayList<>();
        RangeSet raw = set.intersect(RAW);
        if (!raw.isEmpty()) {
            parts.add(new Part.Chars(raw));
        }
        RangeSet escaped = set.intersect(ESCAPED);
        for (int i = 0; i < escaped.numRanges(); i++) {
            for (int point = escaped.first(i); point <= escaped.last(i); point++) {
                parts.add(Part.literal(escape(point)));
            }
        }
        return Part.choice(parts);
    }

    /** What an automaton over code points accepts, in quotes. */
    public static Part quoted(Automaton automaton) {
        Nfa nfa = new Nfa();
        Utf8Edges utf8 = new Utf8Edges(nfa);
        for (int state = 0; state < automaton.numStates(); state++) {
            nfa.addState();
        }
        int end = nfa.addState();
        for (int state = 0; state < automaton.numStates(); state++) {
            for (int i = 0; i < automaton.numEdges(state); i++) {
                RangeSet set = RangeSet.of(automaton.first(state, i), automaton.last(state, i));
                addEdge(nfa, utf8, state, set, automaton.target(state, i));
            }
            if (automaton.isAccepting(state)) {
                nfa.free(state, end);
            }
        }
        return Part.sequence(
                JsonRules.QUOTE,
                new Part.Regular(
                        nfa.withoutFreeEdges(0, end, MAX_EDGES).orElseThrow(JsonStrings::tooLarge)),
                JsonRules.QUOTE);
    }

    private static GrammarProblem tooLarge() {
        return new GrammarProblem(
                "pattern", "pattern, format and lengths of a string together are too large");
    }

    private static void addEdge(Nfa nfa, Utf8Edges utf8, int from, RangeSet set, int to) {
        utf8.add(from, set.intersect(RAW), to);
        RangeSet escaped = set.intersect(ESCAPED);
        for (int i = 0; i < escaped.numRanges(); i++) {
            for (int point = escaped.first(i); point <= escaped.last(i); point++) {
                utf8.add(from, escape(point), to);
            }
        }
    }

    private static String escape(int point) {
        int letter = SHORT.indexOf(point);
        return letter < 0 ? "\\u%04x".formatted(point) : "\\" + LETTERS.charAt(letter);
    }
}
