package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.json.JsonKind;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.ArrayList;
import java.util.List;

/** Tells whether schemas plainly exclude each other; false means that it is not known. */
final class Exclusion {

    private static final int MAX_DEPTH = 4;

    private final SchemaDocument document;

    Exclusion(SchemaDocument document) {
        this.document = document;
    }

    /** Whether no value can be valid under all of the schemas. */
    boolean isNever(List<Source> schemas) {
        return isNever(schemas, 0);
    }

    private boolean isNever(List<Source> schemas, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        Constraints all = ConstraintReader.read(document, schemas);
        if (all.values().isPresent()) {
            return all.values().get().isEmpty();
        }
        if (!all.alternatives.isEmpty()) {
            List<List<Source>> branches = Alternation.branches(all);
            if (branches.stream().allMatch(branch -> isNever(branch, depth + 1))) {
                return true;
            }
        }
        return all.strictKinds().stream().allMatch(kind -> isNever(all, kind, depth));
    }

    private boolean isNever(Constraints all, JsonKind kind, int depth) {
        return switch (kind) {
            case NULL, BOOLEAN -> false;
            case INTEGER, NUMBER -> all.numbers.isNever();
            case STRING -> hasNoString(all);
            case ARRAY -> all.arrays.min() > all.arrays.max();
            case OBJECT ->
                    all.objects.min() > all.objects.max()
                            || all.objects.required().stream()
                                    .map(all.objects::ofDeclared)
                                    .anyMatch(member -> isNever(member, depth + 1));
        };
    }

    private static boolean hasNoString(Constraints all) {
        try {
            return all.strings.isNever();
        } catch (GrammarProblem tooLarge) {
            return false;
        }
    }

    /** The first two of some alternatives that do not exclude each other, or an empty list. */
    List<Integer> firstOverlap(List<List<Source>> branches) {
        for (int i = 0; i < branches.size(); i++) {
            for (int j = i + 1; j < branches.size(); j++) {
                List<Source> both = new ArrayList<>(branches.get(i));
                both.addAll(branches.get(j));
                if (!isNever(both)) {
                    return List.of(i, j);
                }
            }
        }
        return List.of();
    }
}
