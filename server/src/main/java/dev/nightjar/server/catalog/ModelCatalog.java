package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.RequestScope;
import io.helidon.webserver.http.ServerRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models in service, by public id: a name, or a name with {@code -v2}, {@code -latest}, {@code
 * -stable} or {@code -legacy}, also written {@code name:v2} and {@code name:latest}. A name that
 * ends like a version is a name first. Looking models up loads none. Thread-safe; changes show to
 * requests that come after them.
 */
public final class ModelCatalog {

    private static final Pattern VERSION = Pattern.compile("(.+)-(v\\d{1,9}|[a-z]+)");
    private static final Pattern TAG = Pattern.compile("(.+):(v?\\d{1,9}|[a-z]+)");

    /** What this one is a part of. */
    private final Optional<ModelCatalog> whole;

    private final Map<String, Priority> priorities;
    private volatile State state = new State(Map.of(), Optional.empty());

    /** The entries by name, and the models that they speak of. */
    private record State(Map<String, CatalogEntry> byName, Optional<ModelManager> manager) {}

    /** Without models, as long as there is no engine. */
    public ModelCatalog() {
        this(Map.of());
    }

    /**
     * Without models, as long as there is no engine.
     *
     * @param priorities classes by tier; a tier that is not there and has the name of a class is in
     *     that one
     */
    public ModelCatalog(Map<String, Priority> priorities) {
        this.whole = Optional.empty();
        this.priorities = Map.copyOf(priorities);
    }

    private ModelCatalog(ModelCatalog whole, State visible) {
        this.whole = Optional.of(whole);
        this.priorities = whole.priorities;
        this.state = visible;
    }

    /**
     * What the caller of a request may know of. Asking it for another model is answered with status
     * 403.
     */
    public ModelCatalog visibleTo(ServerRequest request) {
        return RequestScope.find(request)
                .flatMap(scope -> scope.caller().permissions().models())
                .map(this::only)
                .orElse(this);
    }

    /** Permission for one version or one name shows the model with all its versions and names. */
    private ModelCatalog only(Set<String> ids) {
        State now = state;
        List<CatalogEntry> allowed =
                ids.stream().flatMap(id -> find(id, now).stream()).map(ServedModel::entry).toList();
        Map<String, CatalogEntry> visible = new LinkedHashMap<>();
        now.byName.forEach(
                (name, entry) ->
                        find(name, now)
                                .filter(model -> allowed.contains(model.entry()))
                                .ifPresent(model -> visible.put(name, entry)));
        return new ModelCatalog(this, new State(visible, now.manager));
    }

    /** The class in the queue of a caller's tier. */
    Priority priority(String tier) {
        return Optional.ofNullable(priorities.get(tier))
                .or(
                        () ->
                                Stream.of(Priority.values())
                                        .filter(known -> known.name().equalsIgnoreCase(tier))
                                        .findFirst())
                .orElse(Priority.STANDARD);
    }

    /** Puts these entries in the place of all others; the first one of a name wins. */
    public synchronized void publish(List<CatalogEntry> entries, ModelManager manager) {
        Map<String, CatalogEntry> named = new LinkedHashMap<>();
        entries.forEach(entry -> named.putIfAbsent(entry.name(), entry));
        state = new State(Collections.unmodifiableMap(named), Optional.of(manager));
    }

    /** The models behind it, once there are some. */
    public Optional<ModelManager> manager() {
        return state.manager;
    }

    /** Where the engine's models stand; in what a caller may know of, those that it speaks of. */
    public List<ModelStatus> statuses() {
        State now = state;
        Stream<ModelStatus> all =
                now.manager.stream().flatMap(manager -> manager.statuses().stream());
        if (whole.isEmpty()) {
            return all.toList();
        }
        Set<String> spokenOf =
                now.byName.values().stream()
                        .flatMap(entry -> entry.versions().all(entry.name()).stream())
                        .flatMap(version -> version.model().stream())
                        .collect(Collectors.toSet());
        return all.filter(status -> spokenOf.contains(status.name())).toList();
    }

    /** The entries, in the order they were given. */
    public List<CatalogEntry> entries() {
        return List.copyOf(state.byName.values());
    }

    /**
     * Adds an entry at the end.
     *
     * @throws IllegalArgumentException if there is one of its name
     */
    public void add(CatalogEntry entry) {
        change(
                entries -> {
                    if (entries.putIfAbsent(entry.name(), entry) != null) {
                        throw new IllegalArgumentException(
                                "there is a model named '%s' already; take another id"
                                        .formatted(entry.name()));
                    }
                });
    }

    /** Removes an entry and all other names of it; does nothing if there is none. */
    public void remove(String name) {
        change(
                entries -> {
                    entries.remove(name);
                    entries.values().removeIf(entry -> entry.aliasOf().equals(Optional.of(name)));
                });
    }

    /** Removes all entries that one of the engine's models answers alone, and its versions. */
    public void removeModel(String model) {
        change(
                entries -> {
                    entries.values().removeIf(entry -> entry.without(model).isEmpty());
                    entries.replaceAll((name, entry) -> entry.without(model).orElse(entry));
                });
    }

    /**
     * Adds a version to a name.
     *
     * @throws IllegalArgumentException if there is no such name, it has no versions, or it has this
     *     one already
     */
    public void addVersion(String name, int number, String model) {
        change(
                entries -> {
                    CatalogEntry entry = entries.get(name);
                    if (entry == null || entry.versions().models().isEmpty()) {
                        throw new IllegalArgumentException(
                                "'%s' is no model with versions that one could be added to"
                                        .formatted(name));
                    }
                    entries.put(name, entry.withVersions(entry.versions().with(number, model)));
                });
    }

    /**
     * Gives an id another name, or an alias another id.
     *
     * @throws IllegalArgumentException if a model has this name
     * @throws ApiException with status 404 if there is no such id
     */
    public void alias(String alias, String id) {
        CatalogEntry target = named(id).entry();
        change(
                entries -> {
                    CatalogEntry before = entries.get(alias);
                    if (before != null && before.aliasOf().isEmpty()) {
                        throw new IllegalArgumentException(
                                "'%s' is a model's own name; take another one".formatted(alias));
                    }
                    CatalogEntry meant = entries.get(id);
                    // Never another alias: names that stand for each other would have no end.
                    String own = meant == null ? id : meant.aliasOf().orElse(id);
                    entries.put(alias, target.alias(alias, own));
                });
    }

    /**
     * Points channels of a name to other versions, for requests that come after this.
     *
     * @throws IllegalArgumentException if there is no such version
     */
    public void pointChannels(String name, Map<Channel, Integer> channels) {
        change(
                entries ->
                        entries.computeIfPresent(
                                name,
                                (ignored, entry) ->
                                        entry.withVersions(
                                                entry.versions().withChannels(channels))));
    }

    private synchronized void change(Consumer<Map<String, CatalogEntry>> change) {
        Map<String, CatalogEntry> entries = new LinkedHashMap<>(state.byName);
        change.accept(entries);
        state = new State(Collections.unmodifiableMap(entries), state.manager);
    }

    /** The models of text that are loaded now, each once whatever its names. */
    public List<TextModel> loaded() {
        return loaded(ModelInstance::text);
    }

    /** The encoders that are loaded now, each once whatever its names. */
    public List<EncoderModel> encoders() {
        return loaded(ModelInstance::encoder);
    }

    /** The models of rows that are loaded now, each once whatever its names. */
    public List<RowModel> rowModels() {
        return loaded(ModelInstance::rows);
    }

    private <T> List<T> loaded(Function<ModelInstance, Optional<T>> kind) {
        return state.manager.stream()
                .flatMap(manager -> manager.statuses().stream())
                .flatMap(status -> status.instance().stream())
                .flatMap(instance -> kind.apply(instance).stream())
                .toList();
    }

    /** All of them under their plain names, in the order they were given. */
    public List<ServedModel> all() {
        State now = state;
        return now.byName.keySet().stream().flatMap(name -> find(name, now).stream()).toList();
    }

    /**
     * The model of this id.
     *
     * @throws ApiException with status 403 if the caller may not know of it
     */
    public Optional<ServedModel> find(String id) {
        Optional<ServedModel> found = find(id, state);
        if (found.isEmpty() && whole.flatMap(all -> all.find(id)).isPresent()) {
            throw hidden("model '%s'".formatted(id));
        }
        return found;
    }

    private Optional<ServedModel> find(String id, State now) {
        CatalogEntry exact = now.byName.get(id);
        if (exact == null) {
            return findVersion(id, VERSION, now).or(() -> findVersion(id, TAG, now));
        }
        if (exact.aliasOf().isPresent()) {
            String meant = exact.aliasOf().get();
            return meant.equals(id)
                    ? Optional.empty()
                    : find(meant, now).map(model -> model.named(id));
        }
        Version version = exact.versions().standard(exact.name());
        return Optional.of(new ServedModel(id, version, exact, this));
    }

    private Optional<ServedModel> findVersion(String id, Pattern pattern, State now) {
        Matcher matcher = pattern.matcher(id);
        if (!matcher.matches() || !now.byName.containsKey(matcher.group(1))) {
            return Optional.empty();
        }
        Optional<ServedModel> plain = find(matcher.group(1), now);
        String suffix = matcher.group(2);
        boolean isTag = pattern == TAG;
        if (isTag && plain.filter(model -> hasOneVersion(model, suffix)).isPresent()) {
            return plain.map(model -> model.named(id));
        }
        String wanted = isTag && Character.isDigit(suffix.charAt(0)) ? "v" + suffix : suffix;
        return plain.flatMap(
                model ->
                        model.entry()
                                .versions()
                                .find(model.entry().name(), wanted)
                                .map(found -> new ServedModel(id, found, model.entry(), this)));
    }

    /** Clients of Ollama write {@code name:latest} where they mean the name. */
    private static boolean hasOneVersion(ServedModel model, String tag) {
        return tag.equals(Channel.LATEST.suffix()) && model.entry().versions().models().isEmpty();
    }

    /**
     * The model of this id.
     *
     * @throws ApiException with status 404 if there is none
     */
    public ServedModel named(String id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * The first model for a task, which serves requests that name none.
     *
     * @throws ApiException with status 404 if there is none
     */
    public ServedModel first(ModelTask task) {
        Optional<ServedModel> found = findFirst(task);
        if (found.isEmpty() && whole.flatMap(all -> all.findFirst(task)).isPresent()) {
            throw hidden("any model for " + task.word());
        }
        return found.orElseThrow(
                () ->
                        ApiError.refusal(
                                        404,
                                        "no model for %s is loaded; start the server with one"
                                                .formatted(task.word()))
                                .withCode("model_not_found")
                                .asException());
    }

    /** The first model for a task, if there is one. */
    public Optional<ServedModel> findFirst(ModelTask task) {
        return all().stream()
                .filter(model -> model.isServed() && model.entry().task() == task)
                .findFirst();
    }

    /**
     * The model whose id is the whole of {@code path}, apart from a slash at its end.
     *
     * @param path decoded, without a leading slash, such as {@code Qwen/Qwen2.5-0.5B}
     * @throws ApiException with status 404 if there is none
     */
    public ServedModel atPath(String path) {
        String id = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return named(id);
    }

    /** The smaller model that short prompts go to, whoever may see it, if the operator says so. */
    Optional<ServedModel> smaller(ServedModel model) {
        return model.entry()
                .route()
                .flatMap(route -> whole.orElse(this).find(route.target()))
                .map(smaller -> smaller.named(model.id()));
    }

    private static ApiException hidden(String what) {
        return ApiError.of(
                        403,
                        "permission_error",
                        "this token is not for %s; it needs the model among its scopes"
                                .formatted(what))
                .withParam("model")
                .withCode("permission_denied")
                .asException();
    }

    private ApiException unknown(String id) {
        return ApiError.refusal(
                        404,
                        "model '%s' not found; ensure the id is correct; models: %s"
                                .formatted(id, names()))
                .withParam("model")
                .withCode("model_not_found")
                .asException();
    }

    private String names() {
        return state.byName.keySet().stream()
                .map(other -> "'" + other + "'")
                .collect(Collectors.joining(", "));
    }
}
