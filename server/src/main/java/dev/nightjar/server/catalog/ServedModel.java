package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelState;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A model under the id that a client asked for. One that is held by a request stays loaded until
 * the request ends; one that is only spoken of may not be loaded at all.
 */
public final class ServedModel {

    private final String id;
    private final Version version;
    private final CatalogEntry entry;
    private final ModelCatalog catalog;
    private final Optional<ModelHold> hold;

    /** One to speak of. */
    ServedModel(String id, Version version, CatalogEntry entry, ModelCatalog catalog) {
        this(id, version, entry, catalog, Optional.empty());
    }

    private ServedModel(
            String id,
            Version version,
            CatalogEntry entry,
            ModelCatalog catalog,
            Optional<ModelHold> hold) {
        this.id = id;
        this.version = version;
        this.entry = entry;
        this.catalog = catalog;
        this.hold = hold;
    }

    /** The same under another id. */
    ServedModel named(String other) {
        return new ServedModel(other, version, entry, catalog, hold);
    }

    /**
     * The same for a request, which holds it from its first use to its end.
     *
     * @param onRouted is told if a smaller model answers instead
     */
    ServedModel heldBy(RequestScope scope, Consumer<ServedModel> onRouted) {
        Optional<ModelManager> manager = catalog.manager();
        return manager.isPresent() && version.model().isPresent()
                ? holding(new ModelHold(manager.get(), version.model().get(), scope, onRouted))
                : this;
    }

    private ServedModel holding(ModelHold other) {
        return new ServedModel(id, version, entry, catalog, Optional.of(other));
    }

    /**
     * What answers a request that holds this one: a smaller model where the operator sends short
     * prompts to one and all are short; the client is told by the header with the version.
     */
    public ServedModel answering(ShortPrompts prompts) {
        return hold.flatMap(own -> catalog.smaller(this).flatMap(one -> lent(one, own)))
                .filter(smaller -> smaller.takes(prompts, entry.route().orElseThrow()))
                .orElse(this);
    }

    private static Optional<ServedModel> lent(ServedModel smaller, ModelHold own) {
        return smaller.modelName().map(name -> smaller.holding(own.of(name)));
    }

    private boolean takes(ShortPrompts prompts, ShortRoute route) {
        ModelHold own = hold.orElseThrow();
        if (prompts.suit(this, route)) {
            own.routeTo(this);
            return true;
        }
        own.release();
        return false;
    }

    /** As asked for; answers repeat it. */
    public String id() {
        return id;
    }

    /** The immutable id that it stands for. */
    public String version() {
        return version.id();
    }

    /** What the catalog says of it. */
    public CatalogEntry entry() {
        return entry;
    }

    /** The engine's name of the model that answers, if one does. */
    public Optional<String> modelName() {
        return version.model();
    }

    /** The engine's names of the models of all versions. */
    public List<String> modelNames() {
        return entry.versions().modelNames();
    }

    /** Who holds it, if a request does. */
    public Optional<Caller> caller() {
        return hold.map(ModelHold::caller);
    }

    /** The class in the queue that its holder's tier has. */
    public Priority priority() {
        return caller().map(one -> catalog.priority(one.tier())).orElse(Priority.STANDARD);
    }

    /**
     * The text model behind it, loaded first if a request holds it.
     *
     * @throws ApiException with status 400 if it is for another task, 503 if it is not loaded
     * @throws dev.nightjar.engine.lifecycle.ModelNotReadyException if it cannot be loaded now
     */
    public TextModel text() {
        requireTask(ModelTask.GENERATE);
        return model().text().orElseThrow(this::otherKind);
    }

    /**
     * The encoder behind it, loaded first if a request holds it.
     *
     * @throws ApiException with status 400 if it is for another task, 503 if it is not loaded
     * @throws dev.nightjar.engine.lifecycle.ModelNotReadyException if it cannot be loaded now
     */
    public EncoderModel encoder(ModelTask task) {
        requireTask(task);
        return model().encoder().orElseThrow(this::otherKind);
    }

    /**
     * The model of rows behind it, loaded first if a request holds it.
     *
     * @throws ApiException with status 400 if it is for another task, 503 if it is not loaded
     * @throws dev.nightjar.engine.lifecycle.ModelNotReadyException if it cannot be loaded now
     */
    public RowModel rows() {
        requireTask(ModelTask.PREDICT);
        return model().rows().orElseThrow(this::otherKind);
    }

    private ModelInstance model() {
        return hold.map(ModelHold::model).or(this::loaded).orElseThrow(this::notLoaded);
    }

    private Optional<ModelInstance> loaded() {
        return status().flatMap(ModelStatus::instance);
    }

    private Optional<ModelStatus> status() {
        return catalog.manager().flatMap(known -> version.model().flatMap(known::status));
    }

    private ApiException notLoaded() {
        return ApiError.serverError(
                        503,
                        "model '%s' is not loaded; start the server with a model for %s"
                                .formatted(id, entry.task().word()))
                .withCode("model_not_loaded")
                .asException();
    }

    private ApiException otherKind() {
        return ApiError.serverError(
                        503,
                        ("model '%s' is configured for %s, but its files are of another kind;"
                                        + " correct its task in the configuration")
                                .formatted(id, entry.task().word()))
                .withCode("model_task_mismatch")
                .asException();
    }

    /**
     * Refuses any other task.
     *
     * @throws ApiException with status 400
     */
    public void requireTask(ModelTask task) {
        if (entry.task() != task) {
            throw ApiError.invalidRequest(
                            "model '%s' is for %s and cannot serve %s"
                                    .formatted(id, entry.task().word(), task.word()))
                    .withParam("model")
                    .withCode("model_task_mismatch")
                    .asException();
        }
    }

    /** Most tokens of a prompt, as configured. */
    public OptionalInt maxInput() {
        return entry.maxInput();
    }

    /** Most tokens of a completion, as configured. */
    public OptionalInt maxOutput() {
        return entry.maxOutput();
    }

    /** Most tokens of a prompt: what is configured or what the model takes, whichever is less. */
    public OptionalInt effectiveInput() {
        return least(entry.maxInput(), context());
    }

    /** Most tokens of a completion, in the same way; empty for what writes no text. */
    public OptionalInt effectiveOutput() {
        return entry.task() == ModelTask.GENERATE
                ? least(entry.maxOutput(), context())
                : entry.maxOutput();
    }

    private static OptionalInt least(OptionalInt one, OptionalInt other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()));
    }

    /** What goes before the defaults of a dialect where a request says nothing. */
    public ModelSampling sampling() {
        return entry.sampling()
                .or(
                        () ->
                                Optional.of(model())
                                        .flatMap(ModelInstance::text)
                                        .map(TextModel::samplingDefaults))
                .orElse(ModelSampling.NONE);
    }

    /** The text model behind it, if it is one and loaded now. */
    public Optional<TextModel> loadedText() {
        return loaded().flatMap(ModelInstance::text);
    }

    /** The model of rows behind it, if it is one and loaded now. */
    public Optional<RowModel> loadedRows() {
        return loaded().flatMap(ModelInstance::rows);
    }

    /** Whether something answers under this id, loaded or not. */
    public boolean isServed() {
        return version.model().isPresent();
    }

    /** Where what answers stands. */
    public ModelState state() {
        return status().map(ModelStatus::state).orElse(ModelState.UNLOADED);
    }

    /** Whether a request would be taken: what is loaded lazily is then loaded first. */
    public boolean takesRequests() {
        boolean isLazy =
                status().filter(known -> known.spec().loading() == ModelSpec.Loading.LAZY)
                        .isPresent();
        return state() == ModelState.READY || isLazy && state() == ModelState.UNLOADED;
    }

    /** When what answers was loaded, if it is. */
    public Optional<Instant> loadedAt() {
        return status().flatMap(ModelStatus::loadedAt);
    }

    /** Most tokens that what answers takes at once, if it is loaded. */
    public OptionalInt context() {
        Optional<ModelInstance> loaded = loaded();
        return loaded.flatMap(ModelInstance::text)
                .map(TextModel::maxContext)
                .or(() -> loaded.flatMap(ModelInstance::encoder).map(EncoderModel::maxInputTokens))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
