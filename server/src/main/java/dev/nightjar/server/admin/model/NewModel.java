package dev.nightjar.server.admin.model;

import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.engine.lifecycle.Replicas;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.fleet.ModelPlaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A model, or a version of one, that an administrator adds.
 *
 * @param id the name that clients use
 * @param version its number, if it is a version
 * @param task what it is for, if that was said
 * @param spec how it is loaded
 * @param maxInput most tokens of a prompt
 * @param maxOutput most tokens of a completion
 */
record NewModel(
        String id,
        OptionalInt version,
        Optional<ModelTask> task,
        ModelSpec spec,
        OptionalInt maxInput,
        OptionalInt maxOutput) {

    private static final int MANY = 1_000_000_000;

    private static final Field<String> ID = Field.string("id", "The name that clients use.");
    private static final Field<Integer> VERSION =
            Field.integer(
                    "version",
                    1,
                    MANY,
                    "Adds a version of this number to the model of the id, which other requests"
                            + " reach when a channel points to it.");
    private static final Field<String> PATH =
            Field.string(
                    "path",
                    "A GGUF file, a model folder or a model of rows below engine.model_folders.");
    private static final Field<String> HUB =
            Field.string("hub", "A model of the store, such as owner/name:Q4_K_M.");
    private static final Field<String> TASK =
            Field.word(
                    "task",
                    Stream.of(ModelTask.values()).map(ModelTask::word).toList(),
                    "What it is for; needed for an encoder that is loaded lazily.");
    private static final Field<String> LOAD =
            Field.word(
                    "load",
                    List.of("eager", "lazy"),
                    "eager loads it now, lazy with the first request; default eager.");
    private static final Field<Integer> KEEP_ALIVE =
            Field.integer(
                    "keep_alive",
                    0,
                    MANY,
                    "Unload it after so many seconds without a request; never without it.");
    private static final Field<Boolean> PINNED =
            Field.bool("pinned", "Whether it stays in memory whatever else wants in.");
    private static final Field<Integer> MAX_INPUT =
            Field.integer("max_input", 1, MANY, "Most tokens of a prompt.");
    private static final Field<Integer> MAX_OUTPUT =
            Field.integer("max_output", 1, MANY, "Most tokens of a completion.");
    private static final Field<Integer> MAX_CONTEXT =
            Field.integer("max_context", 1, MANY, "Most tokens of prompt and completion.");

    /** What it is read from. */
    static final BodySpec BODY =
            BodySpec.of(
                            List.of(
                                    ID,
                                    VERSION,
                                    PATH,
                                    HUB,
                                    TASK,
                                    LOAD,
                                    KEEP_ALIVE,
                                    PINNED,
                                    MAX_INPUT,
                                    MAX_OUTPUT,
                                    MAX_CONTEXT))
                    .requiring("id");

    /**
     * Reads it.
     *
     * @throws ApiException with status 400 if it cannot be used, 403 if the path may not be
     */
    static NewModel read(RequestObject body, ModelPlaces places) {
        body.ignoreAllBut(BODY);
        String id = body.require(ID);
        if (id.isBlank() || id.endsWith("/")) {
            throw ApiError.invalidRequest("id must be a name that does not end with a slash")
                    .withParam("id")
                    .asException();
        }
        OptionalInt version = integer(body, VERSION);
        String name = version.isPresent() ? id + "-v" + version.getAsInt() : id;
        LoadOptions options =
                body.get(MAX_CONTEXT)
                        .map(LoadOptions.defaults()::withMaxContext)
                        .orElse(LoadOptions.defaults());
        ModelSource source = ModelSource.of(path(body, places), options);
        if (source.isOfRows()) {
            requireNoTokens(body);
        }
        ModelSpec spec =
                new ModelSpec(
                        name,
                        source,
                        body.get(LOAD).filter("lazy"::equals).isPresent()
                                ? Loading.LAZY
                                : Loading.EAGER,
                        body.get(KEEP_ALIVE).map(Duration::ofSeconds),
                        body.get(PINNED).orElse(false),
                        Replicas.FIXED);
        return new NewModel(
                id,
                version,
                body.get(TASK).map(NewModel::task),
                spec,
                integer(body, MAX_INPUT),
                integer(body, MAX_OUTPUT));
    }

    /** A model of rows has neither prompt nor completion. */
    private static void requireNoTokens(RequestObject body) {
        for (Field<?> field : List.of(MAX_INPUT, MAX_OUTPUT, MAX_CONTEXT)) {
            if (body.field(field.name()).isPresent()) {
                throw ApiError.invalidRequest(
                                "%s is for models of text; this is a model of rows, leave it out"
                                        .formatted(field.name()))
                        .withParam(field.name())
                        .asException();
            }
        }
    }

    private static OptionalInt integer(RequestObject body, Field<Integer> field) {
        return body.get(field).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static ModelTask task(String word) {
        return Stream.of(ModelTask.values())
                .filter(task -> task.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Path path(RequestObject body, ModelPlaces places) {
        Optional<String> path = body.get(PATH);
        Optional<String> hub = body.get(HUB);
        if (path.isPresent() == hub.isPresent()) {
            throw ApiError.invalidRequest(
                            "a model needs either path or hub, found "
                                    + (path.isPresent() ? "both" : "neither"))
                    .withParam("path")
                    .asException();
        }
        try {
            return places.findForCaller(path.or(() -> hub).get());
        } catch (IllegalArgumentException elsewhere) {
            throw ApiError.refusal(403, elsewhere.getMessage())
                    .withParam(path.isPresent() ? "path" : "hub")
                    .withCode("model_path_refused")
                    .asException();
        }
    }
}
