package dev.nightjar.server.describe;

import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which statuses a route answers with, and when. */
final class StatusCodes {

    /** Members that only calls which generate have, but for those of TGI alone. */
    private static final Set<String> SAMPLING = Set.of("temperature");

    /** Members that only calls of encoders have. */
    private static final Set<String> ENCODING = Set.of("encoding_format", "truncate", "parameters");

    private StatusCodes() {}

    /** The statuses but for 200, each with what it tells. */
    static Map<Integer, String> errorsOf(Route route) {
        Map<Integer, String> errors = new TreeMap<>();
        if (route.state() == Route.State.NOT_BUILT || route.path().endsWith("/info")) {
            errors.put(400, "The model is for another task.");
        }
        if (route.state() == Route.State.NOT_BUILT) {
            errors.put(501, "Not built into this server yet.");
        }
        route.body().ifPresent(body -> addBody(errors, route));
        if (!route.notes().query().isEmpty()) {
            errors.put(400, "A member of the query is not what it must be.");
        }
        if (route.needs() == Route.Needs.MODELS) {
            errors.put(404, "There is no such model.");
            errors.put(503, "The models are not loaded, or the server stops.");
        }
        if (route.access() == Access.ADMIN) {
            addAdmin(errors, route);
        }
        if (computes(route)) {
            errors.put(429, "The queue is full; Retry-After tells when to try again.");
            errors.put(504, "The time limit passed.");
        }
        if (route.path().startsWith("/health") && !route.path().endsWith("/live")) {
            errors.put(503, "The server takes no requests yet, or no more.");
        }
        addAccess(errors, route);
        return errors;
    }

    private static void addAccess(Map<Integer, String> errors, Route route) {
        if (route.access() != Access.PUBLIC) {
            errors.put(401, "The token is missing, unknown, expired or revoked.");
            errors.put(403, "The token has not the scope for this.");
        }
        if (route.path().startsWith("/admin/")) {
            errors.putIfAbsent(404, "There is no such thing.");
            errors.put(409, "It cannot be done in this state.");
            errors.putIfAbsent(503, "The store cannot be used.");
        }
    }

    /** Whether the engine computes what a route answers. */
    static boolean computes(Route route) {
        return samples(route) || hasAny(route, ENCODING);
    }

    /** Whether a route generates text. */
    static boolean samples(Route route) {
        return hasAny(route, SAMPLING) || route.dialect() == Dialect.TGI;
    }

    private static boolean hasAny(Route route, Set<String> names) {
        return route.state() == Route.State.SERVED
                && route.body()
                        .filter(body -> body.names().stream().anyMatch(names::contains))
                        .isPresent();
    }

    private static void addAdmin(Map<Integer, String> errors, Route route) {
        if (route.path().contains("{") || route.body().isPresent()) {
            errors.put(404, "There is nothing of this id.");
        }
        if (!route.method().equals(Method.GET)) {
            errors.put(403, "What is asked for is not open over HTTP.");
            errors.put(409, "It contradicts what is there.");
            errors.put(422, "The model's files cannot be used.");
            errors.put(503, "There is no room for the model, or no engine.");
        }
    }

    private static void addBody(Map<Integer, String> errors, Route route) {
        errors.put(400, "The body is not JSON, or a member is not what it must be.");
        errors.put(413, "The body is too large.");
        errors.put(415, "The content type is not application/json.");
        boolean isTei =
                route.errors() == ErrorShape.TEI
                        || route.notes().otherErrors().equals(Optional.of(ErrorShape.TEI));
        if (isTei) {
            errors.put(422, "A member is not what it must be.");
        }
    }
}
