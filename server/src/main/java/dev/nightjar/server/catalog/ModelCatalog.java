package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.CatalogEntry.Channel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The models in service, by public id: a name, or a name with {@code -v2}, {@code -latest}, {@code
 * -stable} or {@code -legacy}. A name that ends like a version is a name first. Thread-safe.
 */
public final class ModelCatalog {

    private static final Pattern VERSION = Pattern.compile("(.+)-(v\\d{1,9}|[a-z]+)");

    private volatile Map<String, CatalogEntry> byName = Map.of();

    /** Without models, as long as none is loaded. */
    public ModelCatalog() {}

    /** Of these entries; the first one of a name wins. */
    public ModelCatalog(List<CatalogEntry> entries) {
        publish(entries);
    }

    /** Puts these entries in the place of all others; the first one of a name wins. */
    public void publish(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> named = new LinkedHashMap<>();
        entries.forEach(entry -> named.putIfAbsent(entry.name(), entry));
        byName = Collections.unmodifiableMap(named);
    }

    /**
     * The loaded models of text, each once whatever its names, in the order of their first names.
     */
    public List<TextModel> loaded() {
        return byName.values().stream()
                .flatMap(entry -> entry.model().stream())
                .distinct()
                .toList();
    }

    /** The loaded encoders, each once whatever its names, in the order of their first names. */
    public List<EncoderModel> encoders() {
        return byName.values().stream()
                .flatMap(entry -> entry.encoder().stream())
                .distinct()
                .toList();
    }

    /** All of them under their plain names, in the order they were given. */
    public List<ServedModel> all() {
        return byName.values().stream().map(entry -> stable(entry.name(), entry)).toList();
    }

    /** The model of this id. */
    public Optional<ServedModel> find(String id) {
        CatalogEntry exact = byName.get(id);
        return exact != null ? Optional.of(stable(id, exact)) : findVersion(id);
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
     * The first loaded model for a task, which serves requests that name none.
     *
     * @throws ApiException with status 404 if there is none
     */
    public ServedModel first(ModelTask task) {
        return all().stream()
                .filter(model -> model.isLoaded() && model.entry().task() == task)
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiError.refusal(
                                                404,
                                                ("no model for %s is loaded; start the server with"
                                                                + " one")
                                                        .formatted(task.word()))
                                        .withCode("model_not_found")
                                        .asException());
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

    private Optional<ServedModel> findVersion(String id) {
        Matcher matcher = VERSION.matcher(id);
        CatalogEntry entry = matcher.matches() ? byName.get(matcher.group(1)) : null;
        if (entry == null) {
            return Optional.empty();
        }
        String suffix = matcher.group(2);
        return entry.channels().entrySet().stream()
                .filter(
                        channel ->
                                suffix.equals("v" + channel.getValue())
                                        || suffix.equals(channel.getKey().suffix()))
                .map(channel -> new ServedModel(id, versionId(entry, channel.getValue()), entry))
                .min(Comparator.comparing(ServedModel::version));
    }

    private static ServedModel stable(String id, CatalogEntry entry) {
        Integer number = entry.channels().get(Channel.STABLE);
        return new ServedModel(id, number == null ? entry.name() : versionId(entry, number), entry);
    }

    private static String versionId(CatalogEntry entry, int number) {
        return entry.name() + "-v" + number;
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
        return byName.keySet().stream()
                .map(other -> "'" + other + "'")
                .collect(Collectors.joining(", "));
    }
}
