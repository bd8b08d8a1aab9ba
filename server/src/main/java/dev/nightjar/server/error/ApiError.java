package dev.nightjar.server.error;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong, for a client; a dialect gives it its wire form.
 *
 * @param status the HTTP status
 * @param type the class of error, such as {@code invalid_request_error}
 * @param message what was expected, what was found, what to do
 * @param param the parameter at fault, as a path such as {@code messages[1].content}
 * @param code the error within its class, such as {@code model_not_found}
 * @param headers response headers that go with it
 */
public record ApiError(
        int status,
        String type,
        String message,
        Optional<String> param,
        Optional<String> code,
        Map<String, String> headers) {

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String SERVER_ERROR = "server_error";

    /** Copies the headers, and shortens what repeats too much of a request. */
    public ApiError {
        message = Excerpt.of(message);
        param = param.map(Excerpt::of);
        headers = Map.copyOf(headers);
    }

    /** A request that cannot be served as it is, with status 400. */
    public static ApiError invalidRequest(String message) {
        return refusal(400, message);
    }

    /** A refusal that is the request's fault, with another status than 400. */
    public static ApiError refusal(int status, String message) {
        return of(status, INVALID_REQUEST, message);
    }

    /** A failure that is the server's. */
    public static ApiError serverError(int status, String message) {
        return of(status, SERVER_ERROR, message);
    }

    /** Of any class. */
    public static ApiError of(int status, String type, String message) {
        return new ApiError(status, type, message, Optional.empty(), Optional.empty(), Map.of());
    }

    /** Naming the parameter at fault. */
    public ApiError withParam(String value) {
        return new ApiError(status, type, message, Optional.of(value), code, headers);
    }

    /** With a code. */
    public ApiError withCode(String value) {
        return new ApiError(status, type, message, param, Optional.of(value), headers);
    }

    /** With one more response header. */
    public ApiError withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiError(status, type, message, param, code, more);
    }

    /** To be thrown. */
    public ApiException asException() {
        return new ApiException(this);
    }
}
