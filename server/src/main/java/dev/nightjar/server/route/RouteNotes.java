package dev.nightjar.server.route;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.error.ErrorShape;
import java.util.List;
import java.util.Optional;

/**
 * What the API description says of a route beside its path and body.
 *
 * @param query the members of its query
 * @param answer what it answers when all is well
 * @param example a call to copy
 * @param otherErrors how errors look for bodies of another dialect on the same path
 */
public record RouteNotes(
        List<Field<?>> query,
        AnswerSpec answer,
        Optional<CallExample> example,
        Optional<ErrorShape> otherErrors) {

    /** A route without query that answers with a JSON object. */
    static final RouteNotes PLAIN =
            new RouteNotes(List.of(), AnswerSpec.json(), Optional.empty(), Optional.empty());

    /** Copies the query. */
    public RouteNotes {
        query = List.copyOf(query);
    }

    RouteNotes withQuery(List<Field<?>> value) {
        return new RouteNotes(value, answer, example, otherErrors);
    }

    RouteNotes withAnswer(AnswerSpec value) {
        return new RouteNotes(query, value, example, otherErrors);
    }

    RouteNotes withExample(CallExample value) {
        return new RouteNotes(query, answer, Optional.of(value), otherErrors);
    }

    RouteNotes withOtherErrors(ErrorShape value) {
        return new RouteNotes(query, answer, example, Optional.of(value));
    }
}
