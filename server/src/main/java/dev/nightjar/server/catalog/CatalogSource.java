package dev.nightjar.server.catalog;

import dev.nightjar.engine.text.TextModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says which public names the loaded models have. */
@FunctionalInterface
public interface CatalogSource {

    /**
     * The entries, those that clients should see first in front.
     *
     * @param models those of text; none if only encoders are loaded
     * @throws IllegalArgumentException if it speaks of a model that is not loaded
     */
    List<CatalogEntry> entries(List<TextModel> models);

    /** The models under their own names, then the documented ids for the first of them. */
    static CatalogSource standard() {
        return withAliases(Map.of());
    }

    /**
     * As {@link #standard}, with other names for models in between.
     *
     * @param aliases model names by alias
     */
    static CatalogSource withAliases(Map<String, String> aliases) {
        return models -> {
            List<CatalogEntry> entries = new ArrayList<>();
            models.forEach(model -> entries.add(CatalogEntry.of(model)));
            aliases.forEach(
                    (alias, name) -> entries.add(CatalogEntry.of(alias, find(name, models))));
            if (!models.isEmpty()) {
                entries.addAll(DocumentedModels.of(models.getFirst()));
            }
            return entries;
        };
    }

    /** The same, each model sampling as its file suggests where a request says nothing. */
    default CatalogSource withModelSampling() {
        return models -> entries(models).stream().map(CatalogEntry::withModelSampling).toList();
    }

    private static TextModel find(String name, List<TextModel> models) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no model is named '%s'; loaded are %s"
                                                .formatted(
                                                        name,
                                                        models.stream()
                                                                .map(TextModel::name)
                                                                .toList())));
    }
}
