package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.text.TextModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A public name, its versions, and the model behind them.
 *
 * @param name without a version
 * @param task what it is for
 * @param model what answers if the task is text; empty as long as nothing of this task is loaded
 * @param encoder what answers any other task; empty as long as nothing of this task is loaded
 * @param maxInput most tokens of a prompt; the model's own limit without it
 * @param maxOutput most tokens of a completion; the model's own limit without it
 * @param description for people
 * @param capabilities for people, a word or two each
 * @param channels version numbers by channel; a name without version means the stable one; empty
 *     for a model without versions
 * @param sampling what its file suggests for sampling, where that is to be followed
 */
public record CatalogEntry(
        String name,
        ModelTask task,
        Optional<TextModel> model,
        Optional<EncoderModel> encoder,
        OptionalInt maxInput,
        OptionalInt maxOutput,
        String description,
        List<String> capabilities,
        Map<Channel, Integer> channels,
        ModelSampling sampling) {

    /** Which of several versions a client wants. */
    public enum Channel {
        /** The newest. */
        LATEST,
        /** The one for production. */
        STABLE,
        /** An old one that is still served. */
        LEGACY;

        /** Its suffix in ids, without the hyphen. */
        public String suffix() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Copies the collections. */
    public CatalogEntry {
        capabilities = List.copyOf(capabilities);
        channels = Map.copyOf(channels);
    }

    /** A loaded model without limits and versions of its own. */
    public static CatalogEntry of(TextModel model) {
        return new CatalogEntry(
                model.name(),
                ModelTask.GENERATE,
                Optional.of(model),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                "%s model '%s'".formatted(model.architecture(), model.name()),
                List.of("text generation"),
                Map.of(),
                ModelSampling.NONE);
    }

    /** A loaded encoder without limits and versions of its own. */
    public static CatalogEntry of(EncoderModel encoder) {
        ModelTask task = task(encoder);
        return new CatalogEntry(
                encoder.name(),
                task,
                Optional.empty(),
                Optional.of(encoder),
                OptionalInt.empty(),
                OptionalInt.empty(),
                "%s model '%s'".formatted(encoder.architecture(), encoder.name()),
                List.of(task.word()),
                Map.of(),
                ModelSampling.NONE);
    }

    private static ModelTask task(EncoderModel encoder) {
        if (encoder.tasks().contains(EncoderTask.EMBED)) {
            return ModelTask.EMBED;
        }
        return encoder.tasks().contains(EncoderTask.RERANK) ? ModelTask.RERANK : ModelTask.CLASSIFY;
    }

    /** Whether something answers. */
    public boolean isLoaded() {
        return model.isPresent() || encoder.isPresent();
    }

    /** The same under another name. */
    CatalogEntry named(String other) {
        return new CatalogEntry(
                other,
                task,
                model,
                encoder,
                maxInput,
                maxOutput,
                description,
                capabilities,
                channels,
                sampling);
    }

    /** Following what the model's file suggests for sampling. */
    CatalogEntry withModelSampling() {
        return new CatalogEntry(
                name,
                task,
                model,
                encoder,
                maxInput,
                maxOutput,
                description,
                capabilities,
                channels,
                model.map(TextModel::samplingDefaults).orElse(ModelSampling.NONE));
    }
}
