package dev.nightjar.server.api;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads the body of a request as one JSON object. */
public final class RequestBody {

    private static final String USER = "user";

    private RequestBody() {}

    /**
     * The body's members.
     *
     * @throws dev.nightjar.server.error.ApiException if the content type is another, or the body is
     *     empty, malformed or not an object
     */
    public static RequestObject read(ServerRequest request) {
        requireJson(request);
        byte[] document = bytes(request);
        if (document.length == 0) {
            throw ApiError.invalidRequest("the body must be a JSON object, found nothing")
                    .asException();
        }
        return parsed(() -> JsonReader.read(document)) instanceof JsonObject object
                ? named(object, request)
                : notAnObject();
    }

    /**
     * The body as any JSON value; numbers may be written as Python does, see {@link
     * JsonReader#readOfPython}.
     *
     * @throws dev.nightjar.server.error.ApiException if the content type is another, or the body is
     *     empty or malformed
     */
    public static RequestField readValue(ServerRequest request) {
        requireJson(request);
        return value(bytes(request), request);
    }

    /**
     * As {@link #readValue}, of bytes that were read already.
     *
     * @throws dev.nightjar.server.error.ApiException if they are empty or malformed
     */
    public static RequestField value(byte[] document, ServerRequest request) {
        if (document.length == 0) {
            throw ApiError.invalidRequest("the body must be JSON, found nothing").asException();
        }
        JsonValue value = parsed(() -> JsonReader.readOfPython(document));
        IgnoredFields ignored =
                value instanceof JsonObject object
                        ? named(object, request).ignored()
                        : new IgnoredFields();
        return new RequestField("", value, ignored);
    }

    private static JsonValue parsed(Supplier<JsonValue> reading) {
        try {
            return reading.get();
        } catch (JsonSyntaxException malformed) {
            throw ApiError.invalidRequest(
                            "the body is not valid JSON: %s (line %d, column %d)"
                                    .formatted(
                                            malformed.getMessage(),
                                            malformed.line(),
                                            malformed.column()))
                    .withCode("invalid_json")
                    .asException();
        }
    }

    /** A body without content type is taken for JSON, as hand-written clients leave it out. */
    private static void requireJson(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("application/json");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/json") && !bare.endsWith("+json")) {
            throw ApiError.refusal(
                            415,
                            "the content type must be application/json, found '%s'".formatted(type))
                    .withCode("unsupported_media_type")
                    .asException();
        }
    }

    /**
     * All of the body, whatever its type. The stream stays open: closing it would wait for the rest
     * of a body that is broken off.
     */
    public static byte[] bytes(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            return request.content().inputStream().readAllBytes();
        } catch (InsufficientDataAvailableException gone) {
            throw new CloseConnectionException("the client left before its request was complete");
        } catch (NumberFormatException | IncorrectNewLineException malformed) {
            throw ApiError.invalidRequest("the chunks of the body are malformed")
                    .withHeader("Connection", "close")
                    .asException();
        } catch (IOException failed) {
            throw new UncheckedIOException("reading the request body failed", failed);
        }
    }

    /** Clients name their own users in every dialect alike, for whoever wants to know later. */
    private static RequestObject named(JsonObject object, ServerRequest request) {
        if (object.members().get(USER) instanceof JsonString user && !user.value().isEmpty()) {
            RequestScope.find(request).ifPresent(scope -> scope.user(user.value()));
        }
        return new RequestObject("", object, new IgnoredFields());
    }

    private static RequestObject notAnObject() {
        throw ApiError.invalidRequest("the body must be a JSON object").asException();
    }
}
