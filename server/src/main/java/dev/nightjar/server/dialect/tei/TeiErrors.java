package dev.nightjar.server.dialect.tei;

import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.error.ErrorTable;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/**
 * Status codes and words for errors as clients of Text Embeddings Inference know them: what is
 * wrong with a body, with its size, with the load, and what the engine fails at. Anything else,
 * such as an unknown model, keeps the form of the route.
 */
public final class TeiErrors {

    private static final System.Logger LOG = System.getLogger(TeiErrors.class.getName());

    private static final int INVALID = 422;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 424;

    private TeiErrors() {}

    /** Runs a call and gives its errors their form. */
    public static void translating(ServerRequest request, ServerResponse response, Runnable call) {
        try {
            call.run();
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RuntimeException failed) {
            if (ErrorTable.isUnforeseen(failed)) {
                // Translated it no longer is, and the log must tell what the answer hides.
                String name = "request " + RequestId.of(response);
                LOG.log(System.Logger.Level.ERROR, name + " failed", failed);
            }
            throw translated(request, failed);
        }
    }

    private static RuntimeException translated(ServerRequest request, RuntimeException failure) {
        Optional<ApiError> known = of(ErrorTable.of(failure));
        if (known.isEmpty()) {
            return failure;
        }
        request.context().register(ErrorShape.class, ErrorShape.TEI);
        return known.get().asException();
    }

    /** An error in these words, if they have one for it. */
    static Optional<ApiError> of(ApiError error) {
        return switch (error.status()) {
            case 400 -> Optional.of(invalid(error));
            case 429 -> Optional.of(with(error, 429, "Overloaded"));
            case 500 -> Optional.of(with(error, FAILED, "Backend"));
            default -> Optional.empty();
        };
    }

    private static ApiError invalid(ApiError error) {
        return switch (error.code().orElse("")) {
            case InputReader.TOO_MANY -> with(error, TOO_LARGE, "Validation");
            case InputReader.EMPTY -> with(error, 400, "Empty");
            default -> with(error, INVALID, "Validation");
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
