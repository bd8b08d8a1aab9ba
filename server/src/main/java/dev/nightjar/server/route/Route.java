package dev.nightjar.server.route;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.gate.Access;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import java.util.List;
import java.util.Optional;

/**
 * One method on one path: what answers it, and what is said of it in the API description.
 *
 * @param method of HTTP
 * @param path in the router's notation, such as {@code /models/{+id}/proxy/v1/embed}
 * @param dialect the wire API it belongs to
 * @param summary what it does, one sentence
 * @param state whether it is served
 * @param needs what must be there before it can answer
 * @param access who may call it
 * @param body what its body may hold, if it takes one
 * @param errors how its errors look
 * @param notes what else is said of it
 * @param handler answers it
 */
public record Route(
        Method method,
        String path,
        Dialect dialect,
        String summary,
        State state,
        Needs needs,
        Access access,
        Optional<BodySpec> body,
        ErrorShape errors,
        RouteNotes notes,
        Handler handler) {

    /** Whether a route is served. */
    public enum State {
        /** It does what it says. */
        SERVED,
        /** It answers 501, as nothing here runs its task yet. */
        NOT_BUILT
    }

    /** What a route needs to answer. */
    public enum Needs {
        /** Loaded models; it answers 503 as long as there are none. */
        MODELS,
        /** The running process alone. */
        NOTHING
    }

    /** One that needs models and has no notes. */
    public Route(
            Method method,
            String path,
            Dialect dialect,
            String summary,
            State state,
            Optional<BodySpec> body,
            ErrorShape errors,
            Handler handler) {
        this(
                method,
                path,
                dialect,
                summary,
                state,
                Needs.MODELS,
                Access.CALLER,
                body,
                errors,
                RouteNotes.PLAIN,
                handler);
    }

    /** Without a body. */
    public static Route get(Dialect dialect, String path, String summary, Handler handler) {
        return of(Method.GET, dialect, path, summary, Optional.empty(), handler);
    }

    /** With a JSON body. */
    public static Route post(
            Dialect dialect, String path, String summary, BodySpec body, Handler handler) {
        return of(Method.POST, dialect, path, summary, Optional.of(body), handler);
    }

    /** Of any method, without a body. */
    public static Route of(
            Method method, Dialect dialect, String path, String summary, Handler handler) {
        return of(method, dialect, path, summary, Optional.empty(), handler);
    }

    private static Route of(
            Method method,
            Dialect dialect,
            String path,
            String summary,
            Optional<BodySpec> body,
            Handler handler) {
        return new Route(
                method, path, dialect, summary, State.SERVED, body, dialect.errors(), handler);
    }

    /** The same below a path. */
    public Route below(String base) {
        return new Route(
                method,
                base + path,
                dialect,
                summary,
                state,
                needs,
                access,
                body,
                errors,
                notes,
                handler);
    }

    /** With errors in another form than its dialect's. */
    public Route withErrors(ErrorShape value) {
        return new Route(
                method, path, dialect, summary, state, needs, access, body, value, notes, handler);
    }

    /** Answering 501 by this handler. */
    public Route notBuilt() {
        return new Route(
                method,
                path,
                dialect,
                summary,
                State.NOT_BUILT,
                needs,
                access,
                body,
                errors,
                notes,
                handler);
    }

    /** Answering without models, too. */
    public Route withoutModels() {
        return new Route(
                method,
                path,
                dialect,
                summary,
                state,
                Needs.NOTHING,
                access,
                body,
                errors,
                notes,
                handler);
    }

    /** Open to other callers. */
    public Route openTo(Access value) {
        return new Route(
                method, path, dialect, summary, state, needs, value, body, errors, notes, handler);
    }

    /** Reading these members of the query. */
    public Route withQuery(Field<?>... fields) {
        return with(notes.withQuery(List.of(fields)));
    }

    /** Answering this when all is well. */
    public Route withAnswer(AnswerSpec answer) {
        return with(notes.withAnswer(answer));
    }

    /** With a call to copy; see {@link CallExample}. */
    public Route withExample(String name, String body) {
        return with(notes.withExample(new CallExample(name, body)));
    }

    /** Taking bodies of another dialect, too, whose errors have another form. */
    public Route orErrors(ErrorShape value) {
        return with(notes.withOtherErrors(value));
    }

    private Route with(RouteNotes value) {
        return new Route(
                method, path, dialect, summary, state, needs, access, body, errors, value, handler);
    }
}
