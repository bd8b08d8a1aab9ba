package dev.nightjar.engine.grammar.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** A part that rules repeat within bounds, and the masks that they share. */
final class CountedPart {

    private final LabelledAutomaton automaton;
    private final int maxTokenBytes;
    private final Optional<CountedSteps> steps;
    private final Map<List<Integer>, Node.Memory> memories = new HashMap<>();

    /** Takes an automaton whose start nothing leads to and that does not accept nothing. */
    CountedPart(LabelledAutomaton automaton, int maxTokenBytes) {
        this.automaton = automaton;
        this.maxTokenBytes = maxTokenBytes;
        steps = CountedSteps.of(automaton.automaton());
    }

    /** What is counted, if the number of parts is a function of the text. */
    Count count(int state, int left, int needed) {
        return steps.map(own -> new Count(own, state, left, needed)).orElse(null);
    }

    boolean isSimple() {
        return steps.isPresent();
    }

    int numStates() {
        return automaton.numStates();
    }

    /** Whether a part may be complete in a state; never in the start. */
    boolean isAccepting(int state) {
        return automaton.isAccepting(state);
    }

    /** Whether a part is complete in a state and cannot go on. */
    boolean isEnd(int state) {
        return automaton.isAccepting(state) && automaton.automaton().numEdges(state) == 0;
    }

    void addEdges(int state, Edges.Builder edges, IntFunction<Node> nodes) {
        automaton.addEdges(state, edges, nodes);
    }

    List<Rule> callees() {
        return automaton.callees();
    }

    synchronized Node.Memory memory(int state, int left, int needed) {
        int far = maxTokenBytes + 1;
        return memories.computeIfAbsent(
                List.of(state, Math.min(left, far), Math.min(needed, far)),
                key -> new Node.Memory());
    }
}
