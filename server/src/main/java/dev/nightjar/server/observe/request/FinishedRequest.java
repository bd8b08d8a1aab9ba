package dev.nightjar.server.observe.request;

import dev.nightjar.server.api.PublicAddress;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.Phases;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.gate.TokenUse;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that is over. Holds nothing of what was asked or answered, and no secret.
 *
 * @param id names it in answers and logs
 * @param arrived when its head was read
 * @param nanos from there to the end of its answer
 * @param remote the address of its client
 * @param method of HTTP
 * @param path as it was sent, without its query
 * @param route what answered it; empty if there is no such route
 * @param status of the answer, or {@link #CLIENT_LEFT}
 * @param bytes of the answer's body
 * @param caller who sent it
 * @param model the model that it chose, if any
 * @param used its tokens
 * @param firstTokenNanos from its arrival to its first token, if there was one
 * @param phases of its first sequence, if that came to its end
 * @param error what its client was told, if it failed
 * @param traceParent the header of the same name, if there was one
 */
public record FinishedRequest(
        String id,
        Instant arrived,
        long nanos,
        String remote,
        String method,
        String path,
        Optional<Route> route,
        int status,
        long bytes,
        Caller caller,
        Optional<ModelUse> model,
        TokenUse used,
        OptionalLong firstTokenNanos,
        Optional<Phases> phases,
        Optional<ApiError> error,
        Optional<String> traceParent) {

    /** Stands for the status of an answer that its client did not wait for. */
    public static final int CLIENT_LEFT = 499;

    private static final int FIRST_ERROR = 400;

    /** What an answered request was. */
    static FinishedRequest of(
            RoutingRequest request,
            RoutingResponse response,
            Instant arrived,
            long startedNanos,
            boolean hasClient) {
        Optional<RequestScope> scope = RequestScope.find(request);
        OptionalLong firstToken =
                scope.map(RequestScope::firstTokenNanos).orElse(OptionalLong.empty());
        return new FinishedRequest(
                RequestId.of(response),
                arrived,
                System.nanoTime() - startedNanos,
                PublicAddress.client(request),
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.context().get(Route.class, Route.class),
                hasClient ? response.status().code() : CLIENT_LEFT,
                response.isSent() ? response.bytesWritten() : 0,
                scope.map(RequestScope::caller).orElse(Caller.UNKNOWN),
                scope.flatMap(RequestScope::model),
                scope.map(RequestScope::used).orElse(TokenUse.NONE),
                firstToken.isPresent()
                        ? OptionalLong.of(firstToken.getAsLong() - startedNanos)
                        : OptionalLong.empty(),
                scope.flatMap(RequestScope::phases),
                request.context().get(ApiError.class, ApiError.class),
                request.headers().first(HeaderNames.create("traceparent")));
    }

    /** Whether its client left before the answer was complete. */
    public boolean isAbandoned() {
        return status == CLIENT_LEFT;
    }

    /** How it ended, in a word: {@code ok}, {@code error} or {@code abandoned}. */
    public String outcome() {
        if (isAbandoned()) {
            return "abandoned";
        }
        return status >= FIRST_ERROR || error.isPresent() ? "error" : "ok";
    }

    /** The word of its wire API, if there is a route. */
    public Optional<String> dialect() {
        return route.map(known -> known.dialect().name().toLowerCase(Locale.ROOT));
    }

    /** What its client was told, in a word, if it failed. */
    public Optional<String> errorCode() {
        return error.map(told -> told.code().orElse(told.type()));
    }
}
