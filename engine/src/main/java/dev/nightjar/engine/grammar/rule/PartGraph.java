package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.automaton.Utf8Edges;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.List;
import java.util.Map;

/**
 * Writes a part into an automaton, between two states. No part adds an edge into its first state or
 * out of its last one, so that parts cannot disturb each other. For one thread.
 */
final class PartGraph {

    private static final int MAX_STATES = 200_000;

    private final Nfa nfa;
    private final Utf8Edges utf8;
    private final RuleCompiler compiler;
    private final PartSizes sizes;
    private final Map<String, Part> rules;
    private final String name;

    PartGraph(
            Nfa nfa, RuleCompiler compiler, PartSizes sizes, Map<String, Part> rules, String name) {
        this.nfa = nfa;
        this.compiler = compiler;
        this.sizes = sizes;
        this.rules = rules;
        this.name = name;
        utf8 = new Utf8Edges(nfa);
    }

    void add(Part part, int from, int to) {
        if (nfa.numStates() > MAX_STATES) {
            throw new GrammarProblem(
                    name,
                    "rule \"%s\" is too large: expected at most %d states"
                            .formatted(name, MAX_STATES));
        }
        switch (part) {
            case Part.Literal literal -> utf8.add(from, literal.text(), to);
            case Part.Chars chars -> utf8.add(from, chars.set(), to);
            case Part.Regular regular -> nfa.embed(regular.bytes(), from, to);
            case Part.Sequence sequence -> addSequence(sequence.parts(), from, to);
            case Part.Choice choice -> choice.parts().forEach(below -> add(below, from, to));
            case Part.Repeat repeat -> addRepeat(repeat, from, to);
            case Part.Ref ref -> addRef(ref.rule(), from, to);
            case Part.Token token -> symbol(from, Part.FIRST_TOKEN + token.id(), to);
            case Part.Graph graph -> addGraph(graph, from, to);
        }
    }

    private void symbol(int from, int symbol, int to) {
        nfa.edge(from, symbol, symbol, to);
    }

    private void addSequence(List<Part> parts, int from, int to) {
        int at = from;
        for (Part part : parts) {
            int next = nfa.addState();
            add(part, at, next);
            at = next;
        }
        nfa.free(at, to);
    }

    private void addRef(String rule, int from, int to) {
        if (sizes.isInlined(rule)) {
            add(rules.get(rule), from, to);
        } else {
            symbol(from, LabelledAutomaton.FIRST_CALL + compiler.draftOf(rule), to);
        }
    }

    private void addGraph(Part.Graph graph, int from, int to) {
        int base = nfa.numStates();
        for (int i = 0; i < graph.numStates(); i++) {
            nfa.addState();
        }
        nfa.free(from, base);
        for (Part.Edge edge : graph.edges()) {
            // States of their own, as states of a graph may have edges of any direction.
            int start = nfa.addState();
            int end = nfa.addState();
            nfa.free(base + edge.from(), start);
            add(edge.part(), start, end);
            nfa.free(end, base + edge.to());
        }
        nfa.free(base + graph.numStates() - 1, to);
    }

    private void addRepeat(Part.Repeat repeat, int from, int to) {
        Part part = repeat.part();
        if (repeat.max() == Part.UNBOUNDED) {
            int at = from;
            if (sizes.isWrittenOut(part, repeat.min())) {
                at = addTimes(part, repeat.min(), from);
            } else {
                at = nfa.addState();
                call(new Part.Repeat(part, repeat.min(), repeat.min()), from, at);
            }
            addLoop(part, at, to);
        } else if (sizes.isWrittenOut(part, repeat.max())) {
            int at = addTimes(part, repeat.min(), from);
            for (int i = repeat.min(); i < repeat.max(); i++) {
                nfa.free(at, to);
                at = addTimes(part, 1, at);
            }
            nfa.free(at, to);
        } else {
            call(repeat, from, to);
        }
    }

    private void call(Part.Repeat repeat, int from, int to) {
        symbol(from, LabelledAutomaton.FIRST_CALL + compiler.draftOf(repeat), to);
    }

    private int addTimes(Part part, int times, int from) {
        int at = from;
        for (int i = 0; i < times; i++) {
            int next = nfa.addState();
            add(part, at, next);
            at = next;
        }
        return at;
    }

    private void addLoop(Part part, int from, int to) {
        int start = nfa.addState();
        int end = nfa.addState();
        nfa.free(from, start);
        add(part, start, end);
        nfa.free(end, start);
        nfa.free(start, to);
    }
}
