package dev.nightjar.server.dialect.openai.surface;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The names of the limit of generated tokens, newest first. The newest one that is there counts;
 * all are checked.
 *
 * @param fields in that order
 */
record LimitFields(List<Field<Integer>> fields) {

    /**
     * The names that a place knows.
     *
     * @param lowest the smallest limit that makes sense
     */
    static LimitFields of(Surface surface, int lowest) {
        Field<Integer> newest =
                Field.integer(
                        "max_completion_tokens",
                        lowest,
                        Integer.MAX_VALUE,
                        "Most generated tokens; what the context leaves when it leaves less.");
        Stream<String> others =
                surface.takes(Liberty.GENERATION_NAMES)
                        ? Stream.of("max_tokens", "max_new_tokens")
                        : Stream.of("max_tokens");
        return new LimitFields(
                Stream.concat(
                                Stream.of(newest),
                                others.map(
                                        name ->
                                                newest.named(name)
                                                        .meaning("As max_completion_tokens.")))
                        .toList());
    }

    /** The limit, if there is one. */
    OptionalInt read(RequestObject body) {
        List<Integer> limits = fields.stream().flatMap(field -> body.get(field).stream()).toList();
        return limits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(limits.getFirst());
    }

    /** The member that sets the limit. */
    Optional<RequestField> found(RequestObject body) {
        return fields.stream().flatMap(field -> body.field(field.name()).stream()).findFirst();
    }
}
