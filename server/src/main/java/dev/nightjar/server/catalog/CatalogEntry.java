package dev.nightjar.server.catalog;

import dev.nightjar.engine.request.ModelSampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A public name, its versions, and the models behind them.
 *
 * @param name without a version
 * @param task what it is for
 * @param versions what answers
 * @param aliasOf the id that it is another name of; all else is then that one's
 * @param maxInput most tokens of a prompt; the model's own limit without it
 * @param maxOutput most tokens of a completion; the model's own limit without it
 * @param description for people
 * @param capabilities for people, a word or two each
 * @param sampling what goes before the defaults of a dialect; what the model's file suggests when
 *     empty
 * @param route where short requests go, if the operator says so
 */
public record CatalogEntry(
        String name,
        ModelTask task,
        Versions versions,
        Optional<String> aliasOf,
        OptionalInt maxInput,
        OptionalInt maxOutput,
        String description,
        List<String> capabilities,
        Optional<ModelSampling> sampling,
        Optional<ShortRoute> route) {

    /** Copies the list. */
    public CatalogEntry {
        capabilities = List.copyOf(capabilities);
    }

    /** A name without limits, with the dialects' sampling. */
    public static CatalogEntry of(
            String name,
            ModelTask task,
            Versions versions,
            String description,
            List<String> capabilities) {
        return new CatalogEntry(
                name,
                task,
                versions,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                description,
                capabilities,
                Optional.of(ModelSampling.NONE),
                Optional.empty());
    }

    /** A model under its own name; one whose task nobody said is taken for one of text. */
    public static CatalogEntry of(KnownModel model) {
        ModelTask task = model.task().orElse(ModelTask.GENERATE);
        return of(
                model.name(),
                task,
                Versions.single(model.name()),
                model.description(),
                List.of(task == ModelTask.GENERATE ? "text generation" : task.word()));
    }

    /** Whether something answers. */
    public boolean isServed() {
        return !versions.modelNames().isEmpty() || aliasOf.isPresent();
    }

    /** Version numbers by channel. */
    public Map<Channel, Integer> channels() {
        return versions.channels();
    }

    /** Without a model that is there no more; empty if no other is left. */
    Optional<CatalogEntry> without(String model) {
        if (!versions.modelNames().contains(model)) {
            return Optional.of(this);
        }
        Versions rest = versions.without(model);
        return rest.modelNames().isEmpty() ? Optional.empty() : Optional.of(withVersions(rest));
    }

    /** For another task. */
    public CatalogEntry withTask(ModelTask value) {
        return new CatalogEntry(
                name,
                value,
                versions,
                aliasOf,
                maxInput,
                maxOutput,
                description,
                capabilities,
                sampling,
                route);
    }

    /** Another name of an id. */
    public CatalogEntry alias(String other, String id) {
        return new CatalogEntry(
                other,
                task,
                versions,
                Optional.of(id),
                maxInput,
                maxOutput,
                description,
                capabilities,
                sampling,
                route);
    }

    /** With limits. */
    public CatalogEntry withLimits(OptionalInt input, OptionalInt output) {
        return new CatalogEntry(
                name,
                task,
                versions,
                aliasOf,
                input,
                output,
                description,
                capabilities,
                sampling,
                route);
    }

    /** With other versions. */
    CatalogEntry withVersions(Versions value) {
        return new CatalogEntry(
                name,
                task,
                value,
                aliasOf,
                maxInput,
                maxOutput,
                description,
                capabilities,
                sampling,
                route);
    }

    /** Following what the model's file suggests for sampling, or something else. */
    public CatalogEntry withSampling(Optional<ModelSampling> value) {
        return new CatalogEntry(
                name,
                task,
                versions,
                aliasOf,
                maxInput,
                maxOutput,
                description,
                capabilities,
                value,
                route);
    }

    /** Sending short requests elsewhere. */
    public CatalogEntry withRoute(Optional<ShortRoute> value) {
        return new CatalogEntry(
                name,
                task,
                versions,
                aliasOf,
                maxInput,
                maxOutput,
                description,
                capabilities,
                sampling,
                value);
    }
}
