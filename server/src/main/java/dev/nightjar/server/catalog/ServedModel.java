package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model under the id that a client asked for.
 *
 * @param id as asked for; answers repeat it
 * @param version the immutable id that it stands for
 * @param entry what the catalog says of it
 */
public record ServedModel(String id, String version, CatalogEntry entry) {

    /**
     * The text model behind it.
     *
     * @throws ApiException with status 400 if it is for another task, 503 if it is not loaded
     */
    public TextModel text() {
        requireTask(ModelTask.GENERATE);
        return entry.model().orElseThrow(this::notLoaded);
    }

    /**
     * The encoder behind it.
     *
     * @throws ApiException with status 400 if it is for another task, 503 if it is not loaded
     */
    public EncoderModel encoder(ModelTask task) {
        requireTask(task);
        return entry.encoder().orElseThrow(this::notLoaded);
    }

    private ApiException notLoaded() {
        return ApiError.serverError(
                        503,
                        "model '%s' is not loaded; start the server with a model for %s"
                                .formatted(id, entry.task().word()))
                .withCode("model_not_loaded")
                .asException();
    }

    /**
     * Refuses any other task.
     *
     * @throws ApiException with status 400
     */
    public void requireTask(ModelTask task) {
        if (entry.task() != task) {
            throw ApiError.invalidRequest(
                            "model '%s' is for %s and cannot serve %s"
                                    .formatted(id, entry.task().word(), task.word()))
                    .withParam("model")
                    .withCode("model_task_mismatch")
                    .asException();
        }
    }

    /** Most tokens of a prompt, as configured. */
    public OptionalInt maxInput() {
        return entry.maxInput();
    }

    /** Most tokens of a completion, as configured. */
    public OptionalInt maxOutput() {
        return entry.maxOutput();
    }

    /** What goes before the defaults of a dialect where a request says nothing. */
    public ModelSampling sampling() {
        return entry.sampling();
    }

    /** Whether something answers under this id. */
    public boolean isLoaded() {
        return entry.isLoaded();
    }

    /** When what answers was loaded, if anything was. */
    public Optional<Instant> loadedAt() {
        return entry.model()
                .map(TextModel::loadedAt)
                .or(() -> entry.encoder().map(EncoderModel::loadedAt));
    }

    /** Most tokens that what answers takes at once, if anything does. */
    public OptionalInt context() {
        return entry.model()
                .map(TextModel::maxContext)
                .or(() -> entry.encoder().map(EncoderModel::maxInputTokens))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
