package dev.nightjar.server.error;

/** Ends a request with an error for its client. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    ApiException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
