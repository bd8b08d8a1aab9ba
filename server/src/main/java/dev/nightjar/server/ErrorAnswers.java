package dev.nightjar.server;

import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.error.ErrorTable;
import dev.nightjar.server.observe.HttpMetrics;
import dev.nightjar.server.route.RouteTable;
import dev.nightjar.server.transport.SecurityHeaders;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Gives every error the same form, whether a route, the router or the HTTP parser met it. The last
 * two know no route, hence no filter either, so the request id is added here.
 */
final class ErrorAnswers implements ErrorHandler<Throwable>, DirectHandler {

    private static final System.Logger LOG = System.getLogger(ErrorAnswers.class.getName());

    private final long maxBodyBytes;
    private final HttpMetrics metrics;

    ErrorAnswers(long maxBodyBytes, HttpMetrics metrics) {
        this.maxBodyBytes = maxBodyBytes;
        this.metrics = metrics;
    }

    /** For everything that happens outside of the routes. */
    DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this);
        }
        return handlers.build();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable failure) {
        ApiError error =
                failure instanceof HttpException http
                        ? ApiError.refusal(http.status().code(), http.getMessage())
                        : ErrorTable.of(failure);
        if (ErrorTable.isUnforeseen(failure) && !(failure instanceof HttpException)) {
            String name = "request " + RequestId.of(response);
            LOG.log(System.Logger.Level.ERROR, name + " failed", failure);
        }
        request.context().register(ApiError.class, error);
        error.headers().forEach((name, value) -> response.header(name, value));
        response.status(error.status());
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(shape(request, error).json(error, RequestId.of(response)));
    }

    private static ErrorShape shape(ServerRequest request, ApiError error) {
        ErrorShape ofRoute = RouteTable.errorsOf(request);
        boolean isOfCaller = error.status() == 401 || error.status() == 403;
        return isOfCaller ? ofRoute.ofRefusedCallers() : ofRoute;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        String id = RequestId.of(request.headers().first(HeaderNames.create(RequestId.HEADER)));
        ApiError error = error(status, message);
        metrics.countUnrouted(error);
        SecurityHeaders.addTo(headers);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .header(HeaderNames.create(RequestId.HEADER), id)
                .header(HeaderValues.CONTENT_TYPE_JSON)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .entity(ErrorShape.OBJECT.json(error, id))
                .build();
    }

    private ApiError error(Status status, String message) {
        if (status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
            return ApiError.refusal(
                            413, "the body must have at most %d bytes".formatted(maxBodyBytes))
                    .withCode("request_too_large");
        }
        String reason = message == null || message.isBlank() ? status.reasonPhrase() : message;
        String text = "the HTTP request cannot be served: " + reason;
        return status.code() < Status.INTERNAL_SERVER_ERROR_500.code()
                ? ApiError.refusal(status.code(), text)
                : ApiError.serverError(status.code(), text);
    }
}
