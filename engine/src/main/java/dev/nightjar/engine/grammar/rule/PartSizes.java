package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How large rules are, and which are written out where they are referred to. */
final class PartSizes {

    private static final int MAX_INLINED = 64;
    private static final int MAX_INLINED_ONCE = 1000;
    private static final int MAX_WRITTEN_OUT = 300;

    /** Counts for rules within rules, so that these do not become too deep. */
    private static final int LEVEL = 10;

    private final Map<String, Part> rules;
    private final Set<String> library;
    private final Map<String, Integer> numReferences = new HashMap<>();
    private final Map<String, Boolean> inlined = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    PartSizes(Map<String, Part> rules, Set<String> library) {
        this.rules = rules;
        this.library = library;
        Map<String, List<String>> references = new HashMap<>();
        rules.forEach(
                (name, part) -> {
                    List<String> own = new ArrayList<>();
                    collect(part, name, own);
                    own.forEach(callee -> numReferences.merge(callee, 1, Integer::sum));
                    references.put(name, own);
                });
        List<String> calleesFirst = calleesFirst(references);
        Set<String> recursive = new HashSet<>(rules.keySet());
        calleesFirst.forEach(recursive::remove);
        recursive.forEach(name -> inlined.put(name, false));
        // In this order, what a rule refers to is known already, however long the chain is.
        calleesFirst.forEach(this::isInlined);
    }

    boolean isInlined(String rule) {
        if (!rules.containsKey(rule)) {
            return false;
        }
        Boolean known = inlined.get(rule);
        if (known == null) {
            long size = size(rule);
            known =
                    size <= MAX_INLINED
                            || (size <= MAX_INLINED_ONCE
                                    && numReferences.getOrDefault(rule, 0) < 2);
            inlined.put(rule, known);
        }
        return known;
    }

    /** Whether a part is written out so often, not counted. */
    boolean isWrittenOut(Part part, int times) {
        boolean isShared = part instanceof Part.Ref ref && library.contains(ref.rule());
        return times <= 1 || (!isShared && times * Math.max(1, size(part)) <= MAX_WRITTEN_OUT);
    }

    private long size(String rule) {
        Long known = sizes.get(rule);
        if (known == null) {
            known = size(rules.get(rule));
            sizes.put(rule, known);
        }
        return known;
    }

    private long size(Part part) {
        return switch (part) {
            case Part.Literal literal -> literal.text().length();
            case Part.Chars chars -> 1 + chars.set().numRanges() / 4;
            case Part.Regular regular -> regular.bytes().numStates();
            case Part.Sequence sequence -> sequence.parts().stream().mapToLong(this::size).sum();
            case Part.Choice choice -> 1 + choice.parts().stream().mapToLong(this::size).sum();
            case Part.Repeat repeat -> {
                int times = Math.max(1, Math.max(repeat.min(), repeat.max()));
                yield isWrittenOut(repeat.part(), times) ? times * size(repeat.part()) : 1;
            }
            case Part.Ref ref -> isInlined(ref.rule()) ? LEVEL + size(ref.rule()) : 1;
            case Part.Token token -> 1;
            case Part.Graph graph ->
                    graph.numStates() + graph.edges().stream().mapToLong(e -> size(e.part())).sum();
        };
    }

    private void collect(Part part, String within, List<String> references) {
        switch (part) {
            case Part.Ref ref -> {
                if (!rules.containsKey(ref.rule()) && !library.contains(ref.rule())) {
                    throw new GrammarProblem(
                            within,
                            "rule \"%s\" refers to \"%s\", which is not defined"
                                    .formatted(within, ref.rule()));
                }
                references.add(ref.rule());
            }
            case Part.Sequence sequence ->
                    sequence.parts().forEach(below -> collect(below, within, references));
            case Part.Choice choice ->
                    choice.parts().forEach(below -> collect(below, within, references));
            case Part.Repeat repeat -> collect(repeat.part(), within, references);
            case Part.Graph graph ->
                    graph.edges().forEach(edge -> collect(edge.part(), within, references));
            case Part.Literal literal -> {}
            case Part.Chars chars -> {}
            case Part.Regular regular -> {}
            case Part.Token token -> {}
        }
    }

    /** The rules that lead to no recursion, each after those it refers to. */
    private static List<String> calleesFirst(Map<String, List<String>> references) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, List<String>> callers = new HashMap<>();
        references.forEach(
                (name, callees) -> {
                    List<String> own = callees.stream().filter(references::containsKey).toList();
                    open.put(name, own.size());
                    own.forEach(
                            callee ->
                                    callers.computeIfAbsent(callee, key -> new ArrayList<>())
                                            .add(name));
                });
        List<String> done =
                new ArrayList<>(
                        open.keySet().stream().filter(name -> open.get(name) == 0).toList());
        for (int i = 0; i < done.size(); i++) {
            for (String caller : callers.getOrDefault(done.get(i), List.of())) {
                if (open.merge(caller, -1, Integer::sum) == 0) {
                    done.add(caller);
                }
            }
        }
        return done;
    }
}
