package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.json.JsonRules;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Arrays as parts: a chain of the items at the beginning, then a repetition. */
final class ArrayParts {

    private ArrayParts() {}

    static Part of(ArrayRules rules, Function<List<Source>, Part> parts) {
        if (rules.isFree()) {
            return JsonRules.ARRAY;
        }
        if (rules.min() > rules.max()) {
            return Part.NEVER;
        }
        // At least one item stands before the repetition, as only those after it have a comma.
        int numFirst = Math.min(Math.max(1, rules.numFirst()), rules.max());
        int last = numFirst + 1;
        List<Part.Edge> edges = new ArrayList<>();
        for (int i = 0; i <= numFirst; i++) {
            if (i >= rules.min()) {
                edges.add(new Part.Edge(i, Part.NOTHING, last));
            }
            if (i < numFirst) {
                Part item = parts.apply(rules.at(i));
                edges.add(
                        new Part.Edge(
                                i, i == 0 ? item : Part.sequence(JsonRules.COMMA, item), i + 1));
            }
        }
        if (rules.max() > numFirst && numFirst > 0) {
            Part more = Part.sequence(JsonRules.COMMA, parts.apply(rules.at(numFirst)));
            int min = Math.max(1, rules.min() - numFirst);
            int max = rules.max() == Integer.MAX_VALUE ? Part.UNBOUNDED : rules.max() - numFirst;
            edges.add(new Part.Edge(numFirst, Part.repeat(more, min, max), last));
        }
        return Part.sequence(Part.literal("["), new Part.Graph(last + 1, edges), Part.literal("]"));
    }
}
