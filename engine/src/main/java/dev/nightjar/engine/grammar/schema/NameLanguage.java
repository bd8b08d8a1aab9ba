package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.json.JsonKind;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.schema.ObjectRules.NamePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names of members that are not declared. */
final class NameLanguage {

    private static final int MAX_STATES = 50_000;
    private static final int MAX_PATTERNS = 4;

    /**
     * Names that match the same patterns.
     *
     * @param matching those patterns
     * @param names an automaton over code points; empty for any name at all
     */
    record Group(Set<NamePattern> matching, Optional<Automaton> names) {}

    private final ObjectRules rules;
    private final Optional<Automaton> allowed;

    NameLanguage(SchemaDocument document, ObjectRules rules) {
        this.rules = rules;
        allowed = rules.names().isEmpty() ? Optional.empty() : Optional.of(allowed(document));
    }

    /** What {@code propertyNames} leaves. */
    private Automaton allowed(SchemaDocument document) {
        Constraints constraints = ConstraintReader.read(document, rules.names());
        if (!constraints.alternatives.isEmpty()) {
            throw rules.names()
                    .getFirst()
                    .error("anyOf", "alternatives are not supported in \"propertyNames\"");
        }
        if (!constraints.kinds().contains(JsonKind.STRING)) {
            return Automaton.NOTHING;
        }
        return constraints
                .values()
                .map(
                        values ->
                                texts(
                                        values.stream()
                                                .filter(JsonValue.JsonString.class::isInstance)
                                                .map(JsonValue.JsonString.class::cast)
                                                .map(JsonValue.JsonString::value)
                                                .toList()))
                .orElseGet(constraints.strings::automaton);
    }

    boolean allows(String name) {
        return allowed.isEmpty() || allowed.get().accepts(name.codePoints().toArray());
    }

    /** The names by the patterns they match; groups without names are left out. */
    List<Group> groups() {
        List<NamePattern> patterns = rules.patterns();
        if (patterns.size() > MAX_PATTERNS) {
            throw patterns.getFirst()
                    .schema()
                    .error(
                            "patternProperties",
                            "expected at most %d patterns of names, found %d"
                                    .formatted(MAX_PATTERNS, patterns.size()));
        }
        Set<String> declared = rules.declared();
        if (patterns.isEmpty() && declared.isEmpty() && allowed.isEmpty()) {
            return List.of(new Group(Set.of(), Optional.empty()));
        }
        Automaton undeclared = texts(declared).complement(RangeSet.SCALARS);
        Automaton all = allowed.map(own -> both(own, undeclared)).orElse(undeclared);
        List<Group> groups = new ArrayList<>();
        for (int subset = 0; subset < 1 << patterns.size(); subset++) {
            Set<NamePattern> matching = new LinkedHashSet<>();
            Automaton names = all;
            for (int i = 0; i < patterns.size(); i++) {
                boolean isMatching = (subset >> i & 1) != 0;
                Automaton own = patterns.get(i).names();
                names = both(names, isMatching ? own : own.complement(RangeSet.SCALARS));
                if (isMatching) {
                    matching.add(patterns.get(i));
                }
            }
            if (!names.isEmpty()) {
                groups.add(new Group(matching, Optional.of(names)));
            }
        }
        return groups;
    }

    private static Automaton both(Automaton a, Automaton b) {
        return a.intersect(b, MAX_STATES).orElseThrow(NameLanguage::tooLarge);
    }

    private static Automaton texts(Collection<String> texts) {
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int end = nfa.addState();
        for (String text : texts) {
            int at = start;
            for (int point : text.codePoints().toArray()) {
                int next = nfa.addState();
                nfa.edge(at, point, point, next);
                at = next;
            }
            nfa.free(at, end);
        }
        return nfa.determinized(start, end, MAX_STATES).orElseThrow(NameLanguage::tooLarge);
    }

    private static GrammarProblem tooLarge() {
        return new GrammarProblem(
                "patternProperties", "the names of properties and their patterns are too large");
    }
}
