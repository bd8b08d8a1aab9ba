package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.part.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rules that grammars of one vocabulary share, with what is remembered of their nodes. Safe for use
 * by many threads.
 */
public final class RuleLibrary {

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new HashMap<>();
    private final Map<Part, CountedPart> counted = new HashMap<>();
    private final int maxTokenBytes;

    private RuleLibrary(int maxTokenBytes) {
        this.maxTokenBytes = maxTokenBytes;
    }

    /**
     * Compiles rules in their order; each may refer to those before it.
     *
     * @param maxTokenBytes the length of the longest token
     */
    public static RuleLibrary of(Map<String, Part> parts, int maxTokenBytes) {
        RuleLibrary library = new RuleLibrary(maxTokenBytes);
        parts.forEach(
                (name, part) -> {
                    library.rules.put(
                            name, new RuleCompiler(library).compile(Map.of(name, part), name));
                    library.parts.put(name, part);
                });
        return library;
    }

    /** A rule of this library by its name. */
    public Rule rule(String name) {
        return rules.get(name);
    }

    int maxTokenBytes() {
        return maxTokenBytes;
    }

    Map<String, Part> parts() {
        return parts;
    }

    /** A repeated part that is a rule of this library. */
    synchronized CountedPart counted(Part part, LabelledAutomaton automaton) {
        return counted.computeIfAbsent(part, key -> new CountedPart(automaton, maxTokenBytes));
    }
}
