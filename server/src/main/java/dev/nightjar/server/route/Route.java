package dev.nightjar.server.route;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.ErrorShape;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import java.util.Optional;

/**
 * One method on one path: what answers it, and what is said of it in the API description.
 *
 * @param method of HTTP
 * @param path in the router's notation, such as {@code /models/{+id}/proxy/v1/embed}
 * @param dialect the wire API it belongs to
 * @param summary what it does, one sentence
 * @param state whether it is served
 * @param body what its body may hold, if it takes one
 * @param errors how its errors look
 * @param handler answers it
 */
public record Route(
        Method method,
        String path,
        Dialect dialect,
        String summary,
        State state,
        Optional<BodySpec> body,
        ErrorShape errors,
        Handler handler) {

    /** Whether a route is served. */
    public enum State {
        /** It does what it says. */
        SERVED,
        /** It answers 501, as nothing here runs its task yet. */
        NOT_BUILT
    }

    /** Without a body. */
    public static Route get(Dialect dialect, String path, String summary, Handler handler) {
        return new Route(
                Method.GET,
                path,
                dialect,
                summary,
                State.SERVED,
                Optional.empty(),
                dialect.errors(),
                handler);
    }

    /** With a JSON body. */
    public static Route post(
            Dialect dialect, String path, String summary, BodySpec body, Handler handler) {
        return new Route(
                Method.POST,
                path,
                dialect,
                summary,
                State.SERVED,
                Optional.of(body),
                dialect.errors(),
                handler);
    }

    /** With errors in another form than its dialect's. */
    public Route withErrors(ErrorShape value) {
        return new Route(method, path, dialect, summary, state, body, value, handler);
    }

    /** Answering 501 by this handler. */
    public Route notBuilt() {
        return new Route(method, path, dialect, summary, State.NOT_BUILT, body, errors, handler);
    }
}
