package dev.nightjar.server.fleet;

import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelTask;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model of the configuration: how each of its versions is loaded, and how all are served.
 *
 * @param entry under its id; of text until its task is known
 * @param task what it is for, if the configuration says so
 * @param aliases other names of it
 * @param specs makes what is loaded, one for each version, on top of the options of all models
 */
public record FleetModel(
        CatalogEntry entry,
        Optional<ModelTask> task,
        List<String> aliases,
        Function<LoadOptions, List<ModelSpec>> specs) {

    /** Copies the list. */
    public FleetModel {
        aliases = List.copyOf(aliases);
    }

    /** What the catalog says of it, once the models are known. */
    CatalogEntry entry(List<KnownModel> known) {
        List<String> names =
                entry.versions().all(entry.name()).stream()
                        .flatMap(version -> version.model().stream())
                        .toList();
        ModelTask found =
                task.or(
                                () ->
                                        known.stream()
                                                .filter(model -> names.contains(model.name()))
                                                .flatMap(model -> model.task().stream())
                                                .findFirst())
                        .orElse(ModelTask.GENERATE);
        return entry.withTask(found);
    }
}
