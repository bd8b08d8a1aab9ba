package dev.nightjar.server.catalog;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.RequestScope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a dialect makes of a missing or unknown model name. */
public enum ModelPolicy {
    /** Both are errors. */
    STRICT {
        @Override
        ServedModel of(
                ModelCatalog models,
                Optional<String> name,
                ModelTask task,
                ServerResponse response) {
            return models.named(name.orElseThrow(ModelPolicy::missing));
        }
    },
    /** The first model of the task stands in for both; a name with a slash is meant as it is. */
    LENIENT {
        @Override
        ServedModel of(
                ModelCatalog models,
                Optional<String> name,
                ModelTask task,
                ServerResponse response) {
            if (name.isEmpty()) {
                return models.first(task);
            }
            Optional<ServedModel> known = models.find(name.get());
            if (known.isPresent() || name.get().contains("/")) {
                return known.orElseGet(() -> models.named(name.get()));
            }
            response.header(FALLBACK, headerValue(name.get()));
            return models.first(task);
        }
    };

    private static final HeaderName FALLBACK = HeaderNames.create("X-Model-Fallback");
    private static final HeaderName VERSION = HeaderNames.create("X-Model-Version");

    /** What a client's name may not bring into a header. */
    private static final Pattern UNSAFE = Pattern.compile("[^\\x20-\\x7e]");

    private static final int MAX_HEADER_LENGTH = 200;

    /**
     * The model for a request; the answer's headers say which one it is.
     *
     * @throws dev.nightjar.server.error.ApiException with status 404 if there is none, 400 if a
     *     name is needed and missing
     */
    public ServedModel choose(
            ModelCatalog models,
            Optional<String> name,
            ModelTask task,
            ServerRequest request,
            ServerResponse response) {
        return use(of(models.visibleTo(request), name, task, response), request, response);
    }

    /**
     * Has a request answered by a model, if its caller may use it; tells the client which version
     * answers. The request holds the model from its first use to its end.
     *
     * @throws dev.nightjar.server.error.ApiException if the request is refused
     */
    public static ServedModel use(
            ServedModel model, ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        show(model, response);
        scope.enter(use(model, model), request, response);
        return model.heldBy(
                scope, smaller -> scope.answeredBy(use(model, show(smaller, response))));
    }

    private static ModelUse use(ServedModel asked, ServedModel answering) {
        return new ModelUse(
                asked.id(),
                asked.entry().name(),
                answering.version(),
                answering.entry().task().word());
    }

    /** Tells the client which version is spoken of. */
    public static ServedModel show(ServedModel model, ServerResponse response) {
        response.header(VERSION, headerValue(model.version()));
        return model;
    }

    abstract ServedModel of(
            ModelCatalog models, Optional<String> name, ModelTask task, ServerResponse response);

    private static String headerValue(String text) {
        String shortened = text.substring(0, Math.min(text.length(), MAX_HEADER_LENGTH));
        return UNSAFE.matcher(shortened).replaceAll("?");
    }

    private static RuntimeException missing() {
        return ApiError.invalidRequest("model is required").withParam("model").asException();
    }
}
