package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.util.HashSet;
import java.util.Set;

/**
 * A schema at its place in the document, without the keywords that were dealt with.
 *
 * @param value a boolean or an object
 * @param pointer JSON pointer of the schema
 * @param done keywords that are not to be looked at any more
 */
record Source(JsonValue value, String pointer, Set<String> done) {

    Source {
        done = Set.copyOf(done);
    }

    static Source of(JsonValue value, String pointer) {
        boolean isSchema =
                value instanceof JsonValue.JsonObject || value instanceof JsonValue.JsonBoolean;
        if (!isSchema) {
            throw new GrammarProblem(
                    pointer,
                    "%s: expected a schema (an object or a boolean), found %s"
                            .formatted(pointer, value.kind()));
        }
        return new Source(value, pointer, Set.of());
    }

    /** The same without a keyword. */
    Source without(String keyword) {
        Set<String> all = new HashSet<>(done);
        all.add(keyword);
        return new Source(value, pointer, all);
    }

    /** A schema below this one. */
    Source below(JsonValue schema, String... path) {
        StringBuilder place = new StringBuilder(pointer);
        for (String step : path) {
            place.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return of(schema, place.toString());
    }

    /** What tells this source from others; the values of equal places are equal. */
    String key() {
        return done.isEmpty() ? pointer : pointer + done.stream().sorted().toList();
    }

    GrammarProblem error(String keyword, String problem) {
        String place = pointer + "/" + keyword;
        return new GrammarProblem(place, "%s: %s".formatted(place, problem));
    }
}
