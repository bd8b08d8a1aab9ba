package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.text.TextModel;
import java.util.List;
import java.util.Optional;

/**
 * One of the engine's models, as far as it is known without loading it.
 *
 * @param name among the engine's models
 * @param task what it is for; of a model of text or an encoder empty as long as it is not loaded
 * @param description for people
 */
public record KnownModel(String name, Optional<ModelTask> task, String description) {

    /** All models of an engine, in the order they were added. */
    public static List<KnownModel> of(ModelManager manager) {
        return manager.statuses().stream().map(KnownModel::of).toList();
    }

    /** One of them. */
    public static KnownModel of(ModelStatus status) {
        Optional<ModelInstance> loaded = status.instance();
        String architecture =
                loaded.flatMap(ModelInstance::text)
                        .map(TextModel::architecture)
                        .or(
                                () ->
                                        loaded.flatMap(ModelInstance::encoder)
                                                .map(EncoderModel::architecture))
                        .or(
                                () ->
                                        loaded.flatMap(ModelInstance::rows)
                                                .map(rows -> rows.model().description()))
                        .map(known -> known + " model")
                        .orElse("model");
        return new KnownModel(
                status.name(),
                status.spec().source().isOfRows()
                        ? Optional.of(ModelTask.PREDICT)
                        : loaded.map(KnownModel::task),
                "%s '%s'".formatted(architecture, status.name()));
    }

    private static ModelTask task(ModelInstance loaded) {
        return loaded.encoder().map(KnownModel::task).orElse(ModelTask.GENERATE);
    }

    private static ModelTask task(EncoderModel encoder) {
        if (encoder.tasks().contains(EncoderTask.EMBED)) {
            return ModelTask.EMBED;
        }
        return encoder.tasks().contains(EncoderTask.RERANK) ? ModelTask.RERANK : ModelTask.CLASSIFY;
    }
}
