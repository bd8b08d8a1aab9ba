package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.text.TextModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says which public names the loaded models have. */
@FunctionalInterface
public interface CatalogSource {

    /**
     * The entries, those that clients should see first in front.
     *
     * @param models those of text; none if only encoders are loaded
     * @param encoders those of other tasks
     * @throws IllegalArgumentException if it speaks of a model that is not loaded
     */
    List<CatalogEntry> entries(List<TextModel> models, List<EncoderModel> encoders);

    /** The models under their own names, then the documented ids for the first of each task. */
    static CatalogSource standard() {
        return withAliases(Map.of());
    }

    /**
     * As {@link #standard}, with other names for models in between.
     *
     * @param aliases model names by alias
     */
    static CatalogSource withAliases(Map<String, String> aliases) {
        return (models, encoders) -> {
            List<CatalogEntry> loaded =
                    Stream.concat(
                                    models.stream().map(CatalogEntry::of),
                                    encoders.stream().map(CatalogEntry::of))
                            .toList();
            List<CatalogEntry> entries = new ArrayList<>(loaded);
            aliases.forEach((alias, name) -> entries.add(find(name, loaded).named(alias)));
            entries.addAll(DocumentedModels.of(loaded));
            return entries;
        };
    }

    /** The same, each model sampling as its file suggests where a request says nothing. */
    default CatalogSource withModelSampling() {
        return (models, encoders) ->
                entries(models, encoders).stream().map(CatalogEntry::withModelSampling).toList();
    }

    private static CatalogEntry find(String name, List<CatalogEntry> loaded) {
        return loaded.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no model is named '%s'; loaded are %s"
                                                .formatted(
                                                        name,
                                                        loaded.stream()
                                                                .map(CatalogEntry::name)
                                                                .toList())));
    }
}
