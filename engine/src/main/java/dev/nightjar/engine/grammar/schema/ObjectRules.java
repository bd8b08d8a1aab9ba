package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.regex.Regex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is demanded of objects. Mutable. */
final class ObjectRules {

    /** A pattern of names and the schema of their values. */
    record NamePattern(String pattern, Automaton names, Source schema) {}

    /** The members that one schema knows. */
    record Known(
            Map<String, Source> properties,
            List<NamePattern> patterns,
            Optional<Source> additional) {}

    private final List<Known> known = new ArrayList<>();
    private final List<Source> names = new ArrayList<>();
    private final Set<String> properties = new LinkedHashSet<>();
    private final Set<String> required = new LinkedHashSet<>();
    private int min;
    private int max = Integer.MAX_VALUE;

    void add(Source source, Members members) {
        Map<String, Source> own = members.schemasByName("properties");
        List<NamePattern> patterns = new ArrayList<>();
        members.schemasByName("patternProperties")
                .forEach((pattern, schema) -> patterns.add(pattern(source, pattern, schema)));
        Optional<Source> additional = members.schema("additionalProperties");
        known.add(new Known(own, patterns, additional));
        properties.addAll(own.keySet());
        required.addAll(members.texts("required"));
        members.schema("propertyNames").ifPresent(names::add);
        members.size("minProperties").ifPresent(size -> min = Math.max(min, size));
        members.size("maxProperties").ifPresent(size -> max = Math.min(max, size));
    }

    private static NamePattern pattern(Source source, String pattern, Source schema) {
        try {
            Automaton names =
                    Regex.search(pattern)
                            .automaton()
                            .orElseThrow(
                                    () ->
                                            new GrammarProblem(
                                                    pattern, "the expression is too large"));
            return new NamePattern(pattern, names, schema);
        } catch (GrammarProblem problem) {
            throw source.error("patternProperties", problem.getMessage());
        }
    }

    boolean isFree() {
        return known.isEmpty();
    }

    /** The names of members that are declared or required, in order. */
    Set<String> declared() {
        Set<String> all = new LinkedHashSet<>(properties);
        all.addAll(required);
        return all;
    }

    Set<String> required() {
        return required;
    }

    List<Source> names() {
        return names;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /** All patterns of names. */
    List<NamePattern> patterns() {
        return known.stream().flatMap(own -> own.patterns.stream()).toList();
    }

    /** The schemas of a member that is declared or required. */
    List<Source> ofDeclared(String name) {
        int[] points = name.codePoints().toArray();
        Set<NamePattern> matching = new LinkedHashSet<>();
        for (NamePattern pattern : patterns()) {
            if (pattern.names.accepts(points)) {
                matching.add(pattern);
            }
        }
        return schemas(name, matching);
    }

    /** The schemas of a member that is not declared and matches some patterns. */
    List<Source> ofOthers(Set<NamePattern> matching) {
        return schemas(null, matching);
    }

    private List<Source> schemas(String name, Set<NamePattern> matching) {
        List<Source> schemas = new ArrayList<>();
        for (Known own : known) {
            List<Source> found = new ArrayList<>();
            Optional.ofNullable(own.properties.get(name)).ifPresent(found::add);
            own.patterns.stream()
                    .filter(matching::contains)
                    .forEach(pattern -> found.add(pattern.schema));
            if (found.isEmpty()) {
                own.additional.ifPresent(found::add);
            }
            schemas.addAll(found);
        }
        return schemas;
    }

    boolean admitsListed(JsonValue.JsonObject object) {
        int size = object.members().size();
        return size >= min && size <= max && object.members().keySet().containsAll(required);
    }

    /** Whether anything is said about members beyond their number and presence. */
    boolean hasMemberSchemas() {
        return !names.isEmpty()
                || known.stream()
                        .anyMatch(
                                own ->
                                        !own.properties.isEmpty()
                                                || !own.patterns.isEmpty()
                                                || own.additional.isPresent());
    }
}
