package dev.nightjar.server.admin.model;

import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelManager.Pinning;
import dev.nightjar.engine.lifecycle.ModelNotReadyException;
import dev.nightjar.engine.lifecycle.ModelState;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be done with models while they are served. An id with a version means that one; without
 * one, loading means the version that the id stands for, all else means all its versions.
 */
final class ModelActions {

    private static final int POLL_MILLIS = 10;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ModelCatalog catalog;

    ModelActions(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The engine's models.
     *
     * @throws ApiException with status 503 before there are some
     */
    ModelManager manager() {
        return catalog.manager()
                .orElseThrow(
                        () ->
                                ApiError.serverError(
                                                503,
                                                "this server has no engine; the models are still"
                                                        + " loading, or it was started with --no-load")
                                        .withCode("model_not_loaded")
                                        .withHeader("Retry-After", "1")
                                        .asException());
    }

    /** Loads what an id stands for, and waits for it. */
    CatalogEntry load(String id) {
        ServedModel model = catalog.named(id);
        String name = loadable(model);
        trying(name, () -> manager().load(name));
        return model.entry();
    }

    /** Loads what an id stands for anew, and waits for it; its requests go on meanwhile. */
    CatalogEntry reload(String id) {
        ServedModel model = catalog.named(id);
        String name = loadable(model);
        trying(name, () -> manager().reload(name));
        return model.entry();
    }

    /** Loads a model that was added just now. */
    void load(NewModel added) {
        String name = added.spec().name();
        trying(name, () -> manager().load(name));
    }

    /** Forgets a model that was added and cannot be served. */
    void forget(String name) {
        forget(manager(), name);
    }

    private static String loadable(ServedModel model) {
        return model.modelName()
                .orElseThrow(
                        () ->
                                ApiError.refusal(
                                                409,
                                                ("nothing is configured to answer under '%s'; add a"
                                                                + " model for %s first")
                                                        .formatted(
                                                                model.id(),
                                                                model.entry().task().word()))
                                        .withCode("model_not_configured")
                                        .asException());
    }

    /** What keeps a model from being loaded is for the administrator to read. */
    private static void trying(String name, Runnable load) {
        try {
            load.run();
        } catch (ModelNotReadyException notReady) {
            throw notReady;
        } catch (RuntimeException failed) {
            throw ApiError.refusal(
                            422,
                            "model '%s' could not be loaded: %s"
                                    .formatted(name, failed.getMessage()))
                    .withCode("model_load_failed")
                    .asException();
        }
    }

    /**
     * Takes models out of service and waits so long for their requests; what still runs then goes
     * on to its end, unless it is to be ended.
     */
    CatalogEntry unload(String id, Duration wait, Rest rest) throws InterruptedException {
        ServedModel model = catalog.named(id);
        List<String> names = names(model);
        names.forEach(name -> manager().retire(name));
        long start = System.nanoTime();
        while (isDraining(names) && System.nanoTime() - start < wait.toNanos()) {
            Thread.sleep(POLL_MILLIS);
        }
        if (rest == Rest.ENDS) {
            for (String name : names) {
                manager().unload(name, Optional.of(Duration.ZERO));
            }
        }
        return model.entry();
    }

    /** What becomes of requests that run for longer than an unload waits. */
    enum Rest {
        /** They go on, and memory is released behind the last of them. */
        GOES_ON,
        /** They are ended. */
        ENDS
    }

    private boolean isDraining(List<String> names) {
        return names.stream()
                .flatMap(name -> manager().status(name).stream())
                .map(ModelStatus::state)
                .anyMatch(ModelState.DRAINING::equals);
    }

    /** Pins all models of an id, or frees them. */
    CatalogEntry pin(String id, Pinning pinning) {
        ServedModel model = catalog.named(id);
        names(model).forEach(name -> manager().pin(name, pinning));
        return model.entry();
    }

    /** The one of a version, or all of a name. */
    private static List<String> names(ServedModel model) {
        return model.id().equals(model.entry().name())
                ? model.modelNames()
                : List.of(loadable(model));
    }

    /** Forgets a model under all its names; its requests go on to their end. */
    void remove(String id) {
        ServedModel model = catalog.named(id);
        if (!model.id().equals(model.entry().name())) {
            throw ApiError.refusal(
                            409,
                            "'%s' is another name of '%s'; name that one"
                                    .formatted(id, model.entry().name()))
                    .withCode("model_is_alias")
                    .asException();
        }
        List<String> names = model.modelNames();
        catalog.remove(model.entry().name());
        names.forEach(catalog::removeModel);
        ModelManager manager = manager();
        names.forEach(name -> Thread.ofVirtual().start(() -> forget(manager, name)));
    }

    private static void forget(ModelManager manager, String name) {
        try {
            manager.retire(name); // requests that chose it a moment ago still get it
            Thread.sleep(GRACE);
            manager.remove(name);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
