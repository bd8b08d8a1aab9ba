package dev.nightjar.server.fleet;

import static java.util.regex.Pattern.quote;

import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.catalog.DocumentedModels;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ShortRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names of configured models: their ids, their aliases, and the documented ids. */
public record Fleet(List<FleetModel> models) implements CatalogSource {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two models or aliases have one name, or a route leads
     *     nowhere
     */
    public Fleet {
        models = List.copyOf(models);
        Set<String> names = new TreeSet<>();
        for (FleetModel model : models) {
            requireNew(names, model.entry().name());
            model.aliases().forEach(alias -> requireNew(names, alias));
        }
        models.forEach(model -> requireKnown(names, model.entry()));
    }

    /** Versions of a name are known when the models are; what is wrong there answers itself. */
    private static void requireKnown(Set<String> names, CatalogEntry entry) {
        entry.route()
                .map(ShortRoute::target)
                .filter(
                        target ->
                                names.stream()
                                        .noneMatch(
                                                name -> target.matches(quote(name) + "([-:].+)?")))
                .ifPresent(
                        target -> {
                            throw new IllegalArgumentException(
                                    "the route of model '%s' leads to '%s'; known are %s"
                                            .formatted(entry.name(), target, names));
                        });
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
