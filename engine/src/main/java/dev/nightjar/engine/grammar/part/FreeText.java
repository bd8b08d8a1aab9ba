package dev.nightjar.engine.grammar.part;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text that is free until something is written. */
public final class FreeText {

    private static final int MAX_STATES = 10_000;

    /** What may happen after what a trigger started is complete. */
    public enum After {
        /** Free text again, with the same triggers. */
        FREE,
        /** Nothing. */
        END,
        /** Another trigger at once, or nothing. */
        TRIGGER
    }

    private FreeText() {}

    /** Any text up to the first place where a text stands, and that text itself. */
    public static Part until(String end) {
        return new Part.Regular(until(List.of(Part.literal(end)), 0, false));
    }

    /** Anything, tokens without text too; what a trigger starts must be continued as it says. */
    public static Part triggered(List<Trigger> triggers, After after) {
        List<Part> starts = triggers.stream().map(Trigger::start).toList();
        List<Part.Edge> edges = new ArrayList<>();
        int free = 0;
        int called = 1;
        int end = 2;
        edges.add(new Part.Edge(free, new Part.Regular(without(starts)), end));
        for (int i = 0; i < starts.size(); i++) {
            Part start = new Part.Regular(until(starts, i, true));
            Part then = triggers.get(i).then();
            edges.add(new Part.Edge(free, Part.sequence(start, then), called));
            if (after == After.TRIGGER) {
                edges.add(new Part.Edge(called, Part.sequence(starts.get(i), then), called));
            }
        }
        edges.add(new Part.Edge(called, Part.NOTHING, after == After.FREE ? free : end));
        if (after != After.FREE) {
            edges.add(new Part.Edge(called, Part.NOTHING, end));
        }
        return new Part.Graph(3, edges);
    }

    /** The texts in which a start comes first at the very end, and which start it is. */
    private static Automaton until(List<Part> starts, int wanted, boolean takesTokens) {
        Automaton first = anywhere(starts, takesTokens).cutAtFirstEnd();
        return starts.size() == 1
                ? first
                : first.intersect(anywhere(List.of(starts.get(wanted)), takesTokens), MAX_STATES)
                        .orElseThrow(FreeText::tooLarge);
    }

    /** The texts in which no start stands. */
    private static Automaton without(List<Part> starts) {
        Automaton ended = anywhere(starts, true).cutAtFirstEnd();
        Automaton.Builder result = new Automaton.Builder();
        for (int state = 0; state < ended.numStates(); state++) {
            result.addState(!ended.isAccepting(state));
        }
        for (int state = 0; state < ended.numStates(); state++) {
            for (int i = 0; i < ended.numEdges(state); i++) {
                result.edge(
                        state, ended.first(state, i), ended.last(state, i), ended.target(state, i));
            }
        }
        return result.build().trimmed();
    }

    /** The texts that end with one of the starts. */
    private static Automaton anywhere(List<Part> starts, boolean takesTokens) {
        Nfa nfa = new Nfa();
        int begin = nfa.addState();
        int end = nfa.addState();
        RangeSet symbols =
                takesTokens
                        ? RangeSet.of(0, Part.OTHER_TOKEN)
                        : RangeSet.of(0, Part.OTHER_TOKEN - 1);
        nfa.edge(begin, symbols.first(0), symbols.last(0), begin);
        for (Part start : starts) {
            if (start instanceof Part.Token token) {
                int symbol = Part.FIRST_TOKEN + token.id();
                nfa.edge(begin, symbol, symbol, end);
            } else if (start instanceof Part.Literal literal) {
                addText(nfa, begin, literal.text().getBytes(StandardCharsets.UTF_8), end);
            }
        }
        return nfa.determinized(begin, end, MAX_STATES).orElseThrow(FreeText::tooLarge);
    }

    private static void addText(Nfa nfa, int from, byte[] text, int to) {
        int at = from;
        for (int i = 0; i < text.length; i++) {
            int next = i == text.length - 1 ? to : nfa.addState();
            nfa.edge(at, text[i] & 0xFF, text[i] & 0xFF, next);
            at = next;
        }
    }

    private static GrammarProblem tooLarge() {
        return new GrammarProblem(
                "trigger", "expected triggers of at most %d bytes in all".formatted(MAX_STATES));
    }
}
