package dev.nightjar.server.api;

import dev.nightjar.engine.text.TextModel;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models in service, by public name. */
public final class ModelCatalog {

    private final Map<String, TextModel> byName;

    /** Of these models; the first one of a name wins. */
    public ModelCatalog(Collection<TextModel> models) {
        Map<String, TextModel> named = new LinkedHashMap<>();
        models.forEach(model -> named.putIfAbsent(model.name(), model));
        this.byName = Collections.unmodifiableMap(named);
    }

    /** All of them, in the order they were given. */
    public List<TextModel> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The model of this name.
     *
     * @throws ApiException with status 404 if there is none
     */
    public TextModel named(String name) {
        TextModel model = byName.get(name);
        if (model == null) {
            throw unknown(name);
        }
        return model;
    }

    /**
     * The model that a request names, or the only one if it names none.
     *
     * @throws ApiException with status 404 if there is none of this name, 400 if there are several
     *     to choose from
     */
    public TextModel requested(Optional<String> name) {
        if (name.isPresent()) {
            return named(name.get());
        }
        if (byName.size() > 1) {
            throw ApiError.invalidRequest("model is required, as there are several: " + names())
                    .withParam("model")
                    .asException();
        }
        return byName.values().iterator().next();
    }

    /**
     * The model with the longest name that {@code path} begins with, as names may contain slashes.
     *
     * @param path decoded, without a leading slash, such as {@code Qwen/Qwen2.5-0.5B}
     * @throws ApiException with status 404 if there is none, or something follows the name
     */
    public TextModel atPath(String path) {
        return byName.keySet().stream()
                .filter(name -> path.equals(name) || path.equals(name + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(byName::get)
                .orElseThrow(() -> unknown(path));
    }

    private ApiException unknown(String name) {
        return ApiError.refusal(404, "model '%s' not found; models: %s".formatted(name, names()))
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
