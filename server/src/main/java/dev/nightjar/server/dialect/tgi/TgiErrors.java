package dev.nightjar.server.dialect.tgi;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorTable;
import io.helidon.webserver.CloseConnectionException;
import java.util.Optional;

/** Status codes and words for errors as clients of Text Generation Inference know them. */
final class TgiErrors {

    private static final int INVALID = 422;
    private static final int FAILED = 424;

    private TgiErrors() {}

    /** What is thrown in place of a failure; what the log must explain stays as it is. */
    static RuntimeException translated(RuntimeException failure) {
        return failure instanceof CloseConnectionException || ErrorTable.isUnforeseen(failure)
                ? failure
                : of(ErrorTable.of(failure)).asException();
    }

    /** An error in these words. */
    static ApiError of(ApiError error) {
        return switch (error.status()) {
            case 400 -> with(error, INVALID, "validation");
            case 429 -> with(error, error.status(), "overloaded");
            case 500 -> with(error, FAILED, "generation");
            default -> error;
        };
    }

    private static ApiError with(ApiError error, int status, String word) {
        return new ApiError(
                status,
                error.type(),
                error.message(),
                error.param(),
                Optional.of(word),
                error.headers());
    }
}
