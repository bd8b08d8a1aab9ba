package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes rules of nodes from parts. For one compilation. */
public final class RuleCompiler {

    private static final int MAX_DETERMINIZED = 20_000;
    private static final int MAX_EDGES = 400_000;

    private final RuleLibrary library;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, Integer> draftOfRule = new HashMap<>();
    private final Map<Part.Repeat, Integer> draftOfRepeat = new HashMap<>();
    private final Map<Draft, Part> repeated = new HashMap<>();
    private Map<String, Part> rules;
    private PartSizes sizes;
    private long numEdges;

    /** Compiles with a library, whose rules can be referred to by their names. */
    public RuleCompiler(RuleLibrary library) {
        this.library = library;
    }

    /**
     * The root rule.
     *
     * @throws GrammarProblem if a rule is not defined, begins with itself, or no text fits the root
     */
    public Rule compile(Map<String, Part> parts, String root) {
        rules = parts;
        sizes = new PartSizes(parts, library.parts().keySet());
        int first = draftOf(root);
        for (int i = 0; i < drafts.size(); i++) {
            if (drafts.get(i).rule == null && drafts.get(i).automaton == null) {
                draw(drafts.get(i));
            }
        }
        DraftAnalysis analysis = new DraftAnalysis(drafts);
        analysis.settle();
        if (!drafts.get(first).isProductive) {
            throw new GrammarProblem(
                    root, "no text can be valid here: the rules exclude each other");
        }
        analysis.refuseLeftRecursion();
        return define(first);
    }

    /** The number of a rule's draft, which becomes the symbol of its calls. */
    int draftOf(String rule) {
        return draftOfRule.computeIfAbsent(
                rule,
                name -> {
                    Rule known = rules.containsKey(name) ? null : library.rule(name);
                    drafts.add(known == null ? new Draft(name) : Draft.of(name, known));
                    return drafts.size() - 1;
                });
    }

    /** The number of the draft of a part that is counted. */
    int draftOf(Part.Repeat repeat) {
        return draftOfRepeat.computeIfAbsent(
                repeat,
                key -> {
                    Draft draft = new Draft("repetition");
                    draft.isCounted = true;
                    draft.min = repeat.min();
                    draft.max = repeat.max();
                    repeated.put(draft, repeat.part());
                    drafts.add(draft);
                    return drafts.size() - 1;
                });
    }

    private void draw(Draft draft) {
        Part part = draft.isCounted ? repeated.get(draft) : rules.get(draft.name);
        if (draft.isCounted && part instanceof Part.Ref ref && isShared(part)) {
            part = library.parts().get(ref.rule());
        }
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int accept = nfa.addState();
        new PartGraph(nfa, this, sizes, rules, draft.name).add(part, start, accept);
        int limit = Math.min(MAX_DETERMINIZED, 2 * nfa.numStates() + 200);
        Automaton automaton =
                nfa.determinized(start, accept, limit)
                        .or(() -> nfa.withoutFreeEdges(start, accept, MAX_EDGES))
                        .orElseThrow(() -> tooLarge(draft));
        for (int state = 0; state < automaton.numStates(); state++) {
            numEdges += automaton.numEdges(state);
        }
        if (numEdges > MAX_EDGES) {
            throw tooLarge(draft);
        }
        if (draft.isCounted && automaton.isAccepting(0)) {
            draft.min = 0;
            automaton = automaton.withoutEmptyText();
        }
        draft.automaton = automaton;
    }

    private static GrammarProblem tooLarge(Draft draft) {
        return new GrammarProblem(
                draft.name,
                "rule \"%s\" is too large: expected at most %d edges"
                        .formatted(draft.name, MAX_EDGES));
    }

    private boolean isShared(Part part) {
        return part instanceof Part.Ref ref
                && !rules.containsKey(ref.rule())
                && library.rule(ref.rule()) != null;
    }

    /** Makes the nodes of all rules. */
    private Rule define(int root) {
        for (Draft draft : drafts) {
            if (!draft.isKnown() && !draft.isCounted) {
                draft.rule = new GraphRule();
            }
        }
        List<Rule> callees = new ArrayList<>(drafts.stream().map(draft -> draft.rule).toList());
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            if (draft.isCounted) {
                draft.rule = counted(draft, callees);
                callees.set(i, draft.rule);
            }
        }
        for (Draft draft : drafts) {
            if (draft.rule instanceof GraphRule rule && !draft.isKnown()) {
                rule.define(new LabelledAutomaton(draft.automaton, callees));
            }
        }
        return drafts.get(root).rule;
    }

    private CountedRule counted(Draft draft, List<Rule> callees) {
        Part part = repeated.get(draft);
        boolean isShared = isShared(part);
        CountedPart counted =
                isShared
                        ? library.counted(part, new LabelledAutomaton(draft.automaton, List.of()))
                        : new CountedPart(
                                new LabelledAutomaton(draft.automaton, callees),
                                library.maxTokenBytes());
        return new CountedRule(counted, draft.min, draft.max);
    }
}
