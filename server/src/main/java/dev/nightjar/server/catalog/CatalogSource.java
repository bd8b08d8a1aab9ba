package dev.nightjar.server.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which public names the engine's models have. */
@FunctionalInterface
public interface CatalogSource {

    /**
     * The entries, those that clients should see first in front.
     *
     * @param models of the engine, loaded or not
     * @throws IllegalArgumentException if it speaks of a model that is none of them
     */
    List<CatalogEntry> entries(List<KnownModel> models);

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
        return models -> {
            List<CatalogEntry> own = models.stream().map(CatalogEntry::of).toList();
            List<CatalogEntry> entries = new ArrayList<>(own);
            aliases.forEach((alias, name) -> entries.add(find(name, own).alias(alias, name)));
            entries.addAll(DocumentedModels.of(own));
            return entries;
        };
    }

    /** The same, each model sampling as its file suggests where a request says nothing. */
    default CatalogSource withModelSampling() {
        return models ->
                entries(models).stream()
                        .map(entry -> entry.withSampling(Optional.empty()))
                        .toList();
    }

    private static CatalogEntry find(String name, List<CatalogEntry> own) {
        return own.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no model is named '%s'; known are %s"
                                                .formatted(
                                                        name,
                                                        own.stream()
                                                                .map(CatalogEntry::name)
                                                                .toList())));
    }
}
