package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.ArrayList;
import java.util.BitSet;
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
        int[] state = new int[drafts.size()];
        for (int i = 0; i < state.length; i++) {
            follow(i, state);
        }
    }

    private void follow(int index, int[] state) {
        Draft draft = drafts.get(index);
        if (state[index] == 2 || draft.isKnown()) {
            return;
        }
        if (state[index] == 1) {
            throw new GrammarProblem(
                    draft.name,
                    ("rule \"%s\" may begin with itself (left recursion); write it as a"
                                    + " repetition instead")
                            .formatted(draft.name));
        }
        state[index] = 1;
        Automaton automaton = draft.automaton;
        reachedByNothing(automaton).stream()
                .forEach(
                        at -> {
                            for (int i = 0; i < automaton.numEdges(at); i++) {
                                int symbol = automaton.first(at, i);
                                if (symbol >= LabelledAutomaton.FIRST_CALL) {
                                    follow(symbol - LabelledAutomaton.FIRST_CALL, state);
                                }
                            }
                        });
        state[index] = 2;
    }
}
