package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.json.JsonLiterals;
import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.json.JsonStrings;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Objects as parts: declared members in their order, then others. States of the graph say which
 * declared member may be written next, and how many there are where that matters.
 */
final class ObjectParts {

    private static final int MAX_STATES = 4000;

    private final ObjectRules rules;
    private final Function<List<Source>, Part> parts;
    private final List<String> declared;
    private final NameLanguage names;
    private final List<Part.Edge> edges = new ArrayList<>();
    private Part others;

    /** Members are counted up to here; only if {@link #isMaxBinding} it is the largest number. */
    private int maxCount;

    private boolean isMaxBinding;

    ObjectParts(SchemaDocument document, ObjectRules rules, Function<List<Source>, Part> parts) {
        this.rules = rules;
        this.parts = parts;
        declared = List.copyOf(rules.declared());
        names = new NameLanguage(document, rules);
    }

    Part part() {
        if (rules.isFree()) {
            return JsonRules.OBJECT;
        }
        others = others();
        boolean hasOthers = others != Part.NEVER;
        isMaxBinding =
                rules.max() < Integer.MAX_VALUE && (hasOthers || rules.max() < declared.size());
        maxCount = isMaxBinding ? rules.max() : needsCount() ? rules.min() : 0;
        check(hasOthers);
        return Part.sequence(Part.literal("{"), members(), Part.literal("}"));
    }

    private boolean needsCount() {
        return rules.min() > rules.required().size();
    }

    private void check(boolean hasOthers) {
        if (hasOthers && rules.min() > declared.size() + 1) {
            throw new GrammarProblem(
                    "minProperties",
                    "minProperties %d: at most one more than the declared properties is supported,"
                                    .formatted(rules.min())
                            + " as names of other members might be written twice");
        }
        if ((long) (maxCount + 1) * (declared.size() + 1) > MAX_STATES) {
            throw new GrammarProblem(
                    "maxProperties",
                    "properties times minProperties or maxProperties: expected at most %d"
                            .formatted(MAX_STATES));
        }
    }

    private Part members() {
        int numDeclared = declared.size();
        int end = state(numDeclared + 1, 0, false);
        edges.add(new Part.Edge(0, Part.NOTHING, state(0, 0, false)));
        if (rules.required().isEmpty() && rules.min() == 0) {
            edges.add(new Part.Edge(0, Part.NOTHING, end));
        }
        for (int i = 0; i <= numDeclared; i++) {
            for (int count = 0; count <= maxCount; count++) {
                addState(i, count, end);
            }
        }
        return new Part.Graph(end + 1, edges);
    }

    /** Before or after the comma that follows the members before {@code index}. */
    private int state(int index, int count, boolean isBeforeComma) {
        return 1 + 2 * (index * (maxCount + 1) + count) + (isBeforeComma ? 1 : 0);
    }

    private void addState(int index, int count, int end) {
        int here = state(index, count, false);
        int before = state(index, count, true);
        boolean hasRoom = !isMaxBinding || count < maxCount;
        int next = Math.min(count + 1, maxCount);
        edges.add(new Part.Edge(before, JsonRules.COMMA, here));
        if (index < declared.size()) {
            String name = declared.get(index);
            if (hasRoom) {
                edges.add(new Part.Edge(here, member(name), state(index + 1, next, true)));
            }
            if (!rules.required().contains(name)) {
                edges.add(new Part.Edge(here, Part.NOTHING, state(index + 1, count, false)));
            }
        } else if (hasRoom && (maxCount == 0 || count + 1 >= rules.min())) {
            edges.add(new Part.Edge(here, others, state(index, next, true)));
        }
        boolean isEnough = !needsCount() || count >= rules.min();
        if (isEnough
                && declared.subList(index, declared.size()).stream()
                        .noneMatch(rules.required()::contains)) {
            edges.add(new Part.Edge(before, Part.NOTHING, end));
        }
    }

    private Part member(String name) {
        List<Source> schemas = rules.ofDeclared(name);
        boolean isAllowed = !SchemaCompiler.isFalse(schemas) && names.allows(name);
        return isAllowed ? JsonLiterals.member(name, parts.apply(schemas)) : Part.NEVER;
    }

    /** Members that are not declared: a part for each set of patterns that a name may match. */
    private Part others() {
        List<Part> found = new ArrayList<>();
        for (NameLanguage.Group group : names.groups()) {
            List<Source> schemas = rules.ofOthers(group.matching());
            if (!SchemaCompiler.isFalse(schemas)) {
                Part name = group.names().map(JsonStrings::quoted).orElse(JsonRules.STRING);
                found.add(Part.sequence(name, JsonRules.COLON, parts.apply(schemas)));
            }
        }
        return found.isEmpty() ? Part.NEVER : Part.choice(found);
    }
}
