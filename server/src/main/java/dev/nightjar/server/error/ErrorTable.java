package dev.nightjar.server.error;

import dev.nightjar.engine.encoder.UnsupportedTaskException;
import dev.nightjar.engine.lifecycle.ModelNotReadyException;
import dev.nightjar.engine.lifecycle.UnknownModelException;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.text.NoVocabularyException;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.template.ChatTemplateException;

/** The one place that says how a failure is answered, whatever the wire API. */
public final class ErrorTable {

    /** A full queue is worth a second try when a sequence has had time to end. */
    private static final int RETRY_AFTER_SECONDS = 1;

    private ErrorTable() {}

    /** The answer to a failure of any kind; what is not foreseen says nothing of its cause. */
    public static ApiError of(Throwable failure) {
        return switch (failure) {
            case ApiException known -> known.error();
            case InvalidRequestException invalid ->
                    ApiError.invalidRequest(invalid.getMessage()).withParam(invalid.parameter());
            case UnsupportedTaskException other ->
                    ApiError.invalidRequest(other.getMessage())
                            .withParam("model")
                            .withCode("model_task_mismatch");
            case ContextLengthException tooLong ->
                    ApiError.invalidRequest(tooLong.getMessage())
                            .withCode("context_length_exceeded");
            case NoVocabularyException noText -> ApiError.invalidRequest(noText.getMessage());
            case ChatTemplateException template -> ApiError.invalidRequest(template.getMessage());
            case TokenizerException text -> ApiError.invalidRequest(text.getMessage());
            case QueueFullException full -> overloaded(full.getMessage());
            case ModelNotReadyException notReady -> notReady(notReady);
            case UnknownModelException unknown ->
                    ApiError.refusal(404, unknown.getMessage()).withCode("model_not_found");
            case ModelUnloadedException unloaded -> notLoaded(unloaded.getMessage(), 1);
            case EngineClosedException closed ->
                    ApiError.serverError(503, closed.getMessage()).withCode("shutting_down");
            default ->
                    ApiError.serverError(
                            500,
                            "the server failed; its log names this request's id and the cause");
        };
    }

    /** Whether the answer hides a cause that the log must show. */
    public static boolean isUnforeseen(Throwable failure) {
        return !(failure instanceof ApiException) && of(failure).status() == 500;
    }

    /**
     * The answer to a generation that ended without a usable text.
     *
     * @throws IllegalArgumentException if it ended well
     */
    public static ApiError of(TextEvent.Finished finished) {
        return switch (finished.reason()) {
            case DEADLINE -> timeLimit();
            case ERROR ->
                    ApiError.serverError(
                            500, finished.error().orElse("the engine failed to generate"));
            case ABORT ->
                    ApiError.serverError(503, "the generation was ended by the server")
                            .withCode("shutting_down");
            case STOP, LENGTH ->
                    throw new IllegalArgumentException("not an error: " + finished.reason());
        };
    }

    /** The answer to a request whose time is over; trying again would take as long. */
    public static ApiError timeLimit() {
        return ApiError.of(504, "timeout_error", "the request's time limit passed")
                .withCode("request_timeout")
                .withHeader("x-should-retry", "false");
    }

    /** Whether a generation ended with a usable text. */
    public static boolean isUsable(FinishReason reason) {
        return reason == FinishReason.STOP || reason == FinishReason.LENGTH;
    }

    private static ApiError notReady(ModelNotReadyException failure) {
        long seconds = Math.max(1, failure.retryAfter().toSeconds());
        ApiError error = notLoaded(failure.getMessage(), seconds);
        return switch (failure.reason()) {
            case UNLOADED -> error;
            case LOADING -> error.withCode("model_loading");
            case TOO_MANY_WAITING -> error.withCode("queue_full");
            case FAILED -> error.withCode("model_load_failed");
            case NO_ROOM -> error.withCode("insufficient_memory");
            case CLOSED -> error.withCode("shutting_down");
        };
    }

    private static ApiError notLoaded(String message, long retryAfterSeconds) {
        return ApiError.serverError(503, message)
                .withCode("model_not_loaded")
                .withHeader("Retry-After", Long.toString(retryAfterSeconds));
    }

    private static ApiError overloaded(String message) {
        return ApiError.of(429, "rate_limit_error", message + "; try again later")
                .withCode("queue_full")
                .withHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))
                .withHeader("retry-after-ms", Integer.toString(RETRY_AFTER_SECONDS * 1000));
    }
}
