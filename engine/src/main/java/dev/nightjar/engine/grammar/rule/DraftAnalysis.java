package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** What rules lead to: nothing at all, the empty text, or themselves. */
final class DraftAnalysis {

    private final List<Draft> drafts;

    DraftAnalysis(List<Draft> drafts) {
        this.drafts = drafts;
    }

    /** Finds out which rules can be empty and which no text fits, and cuts off the latter. */
    void settle() {
        boolean hasChanged = true;
        while (hasChanged) {
            hasChanged = false;
            for (int i = drafts.size() - 1; i >= 0; i--) {
                Draft draft = drafts.get(i);
                if (!draft.isKnown()) {
                    hasChanged |= update(draft);
                }
            }
        }
        for (Draft draft : drafts) {
            if (!draft.isKnown()) {
                draft.automaton = draft.automaton.without(this::isImpossible);
                draft.max = leadsToEnd(draft) ? draft.max : 0;
            }
        }
    }

    private boolean update(Draft draft) {
        boolean isProductive =
                draft.isProductive || (draft.isCounted && draft.min == 0) || leadsToEnd(draft);
        boolean isNullable =
                draft.isNullable
                        || (draft.isCounted ? draft.min == 0 : acceptsEmpty(draft.automaton));
        if (draft.isCounted && acceptsEmpty(draft.automaton)) {
            throw new GrammarProblem(
                    draft.name,
                    ("a part that may be empty is repeated up to %d times; make the part"
                                    + " non-empty or the repetition unbounded")
                            .formatted(draft.max));
        }
        boolean hasChanged = isProductive != draft.isProductive || isNullable != draft.isNullable;
        draft.isProductive = isProductive;
        draft.isNullable = isNullable;
        return hasChanged;
    }

    private boolean leadsToEnd(Draft draft) {
        return !draft.automaton.without(this::isImpossible).isEmpty();
    }

    private boolean isImpossible(int symbol) {
        return symbol >= LabelledAutomaton.FIRST_CALL && !callee(symbol).isProductive;
    }

    private Draft callee(int symbol) {
        return drafts.get(symbol - LabelledAutomaton.FIRST_CALL);
    }

    private boolean acceptsEmpty(Automaton automaton) {
        BitSet reached = reachedByNothing(automaton);
        return reached.stream().anyMatch(automaton::isAccepting);
    }

    private BitSet reachedByNothing(Automaton automaton) {
        BitSet reached = new BitSet();
        List<Integer> open = new ArrayList<>(List.of(0));
        reached.set(0);
        while (!open.isEmpty()) {
            int state = open.removeLast();
            for (int i = 0; i < automaton.numEdges(state); i++) {
                int symbol = automaton.first(state, i);
                int target = automaton.target(state, i);
                if (symbol >= LabelledAutomaton.FIRST_CALL
                        && callee(symbol).isNullable
                        && !reached.get(target)) {
                    reached.set(target);
                    open.add(target);
                }
            }
        }
        return reached;
    }

    /** Refuses rules that may begin with themselves, for which the stack would grow for ever. */
    void refuseLeftRecursion() {
        BitSet done = new BitSet();
        for (int i = 0; i < drafts.size(); i++) {
            follow(i, done);
        }
    }

    /** Goes along the rules that a rule may begin with, depth first; chains may be long. */
    private void follow(int first, BitSet done) {
        BitSet onPath = new BitSet();
        Deque<Integer> path = new ArrayDeque<>();
        Deque<Deque<Integer>> open = new ArrayDeque<>();
        int next = first;
        while (true) {
            if (onPath.get(next)) {
                String name = drafts.get(next).name;
                throw new GrammarProblem(
                        name,
                        ("rule \"%s\" may begin with itself (left recursion); write it as a"
                                        + " repetition instead")
                                .formatted(name));
            }
            if (!done.get(next)) {
                onPath.set(next);
                path.push(next);
                open.push(beginnings(drafts.get(next)));
            }
            while (!path.isEmpty() && open.peek().isEmpty()) {
                open.pop();
                done.set(path.peek());
                onPath.clear(path.pop());
            }
            if (path.isEmpty()) {
                return;
            }
            next = open.peek().pop();
        }
    }

    /** The rules that a rule may call before it takes anything. */
    private Deque<Integer> beginnings(Draft draft) {
        Deque<Integer> called = new ArrayDeque<>();
        if (draft.isKnown()) {
            return called;
        }
        Automaton automaton = draft.automaton;
        for (int state : reachedByNothing(automaton).stream().toArray()) {
            for (int i = 0; i < automaton.numEdges(state); i++) {
                if (automaton.first(state, i) >= LabelledAutomaton.FIRST_CALL) {
                    called.add(automaton.first(state, i) - LabelledAutomaton.FIRST_CALL);
                }
            }
        }
        return called;
    }
}
