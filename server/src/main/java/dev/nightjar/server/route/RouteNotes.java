package dev.nightjar.server.route;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import java.util.List;
import java.util.Optional;

/**
 * What the API description says of a route beside its path and body.
 *
 * @param query the members of its query
 * @param answer what it answers when all is well
 * @param example a call to copy
 */
public record RouteNotes(
        List<Field<?>> query, AnswerSpec answer, Optional<CallExample> example) {

    /** A route without query that answers with a JSON object. */
    static final RouteNotes PLAIN =
            new RouteNotes(List.of(), AnswerSpec.json(), Optional.empty());

    /** Copies the query. */
    public RouteNotes {
        query = List.copyOf(query);
    }
}
