package dev.nightjar.server.fleet;

import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.catalog.DocumentedModels;
import dev.nightjar.server.catalog.KnownModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of configured models: their ids, their aliases, and the documented ids. */
public record Fleet(List<FleetModel> models) implements CatalogSource {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two models or aliases have one name
     */
    public Fleet {
        models = List.copyOf(models);
        Set<String> names = new HashSet<>();
        for (FleetModel model : models) {
            requireNew(names, model.entry().name());
            model.aliases().forEach(alias -> requireNew(names, alias));
        }
    }

    private static void requireNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "two models or aliases are named '%s'; give one of them another name"
                            .formatted(name));
        }
    }

    @Override
    public List<CatalogEntry> entries(List<KnownModel> known) {
        List<CatalogEntry> own = new ArrayList<>();
        List<CatalogEntry> entries = new ArrayList<>();
        for (FleetModel model : models) {
            CatalogEntry entry = model.entry(known);
            own.add(entry);
            entries.add(entry);
            model.aliases().forEach(alias -> entries.add(entry.alias(alias, entry.name())));
        }
        entries.addAll(DocumentedModels.of(own));
        return entries;
    }
}
