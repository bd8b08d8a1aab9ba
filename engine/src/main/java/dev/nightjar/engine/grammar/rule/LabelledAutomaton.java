package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.part.Part;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An automaton whose symbols are bytes, tokens and calls.
 *
 * @param automaton symbols from {@link #FIRST_CALL} on are calls
 * @param callees the rules they call
 */
record LabelledAutomaton(Automaton automaton, List<Rule> callees) {

    static final int FIRST_CALL = 1 << 28;

    int numStates() {
        return automaton.numStates();
    }

    boolean isAccepting(int state) {
        return automaton.isAccepting(state);
    }

    void addEdges(int state, Edges.Builder edges, IntFunction<Node> nodes) {
        for (int i = 0; i < automaton.numEdges(state); i++) {
            Node target = nodes.apply(automaton.target(state, i));
            int first = automaton.first(state, i);
            int last = automaton.last(state, i);
            if (first < Part.OTHER_TOKEN) {
                edges.bytes(first, Math.min(last, Part.OTHER_TOKEN - 1), target);
            }
            if (first <= Part.OTHER_TOKEN && last >= Part.OTHER_TOKEN) {
                edges.other(target);
            }
            if (first >= Part.FIRST_TOKEN && first < FIRST_CALL) {
                edges.token(first - Part.FIRST_TOKEN, target);
            }
            if (first >= FIRST_CALL) {
                edges.call(callees.get(first - FIRST_CALL), target);
            }
        }
    }
}
