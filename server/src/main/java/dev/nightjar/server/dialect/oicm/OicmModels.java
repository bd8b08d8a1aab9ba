package dev.nightjar.server.dialect.oicm;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** The model that a path names, which no body can change. */
final class OicmModels {

    private static final Field<String> MODEL =
            Field.string("model", "If given, the model that the path names.");

    private final ModelCatalog models;

    OicmModels(ModelCatalog models) {
        this.models = models;
    }

    /**
     * The model of a path, to answer the request.
     *
     * @throws dev.nightjar.server.error.ApiException with status 404 if there is none, or if the
     *     request is refused
     */
    ServedModel of(ServerRequest request, ServerResponse response) {
        return ModelPolicy.use(named(request), request, response);
    }

    /** The model of a path, only to speak of it. */
    ServedModel shown(ServerRequest request, ServerResponse response) {
        return ModelPolicy.show(named(request), response);
    }

    private ServedModel named(ServerRequest request) {
        String id = request.path().pathParameters().get("id");
        return models.visibleTo(request).find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * Checks a body's {@code model}: any name that is none here is let pass, as clients send
     * placeholders.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if it is another known model
     */
    void check(RequestObject body, ServedModel ofPath) {
        Optional<ServedModel> named = body.get(MODEL).flatMap(models::find);
        if (named.isPresent() && !named.get().version().equals(ofPath.version())) {
            throw ApiError.invalidRequest(
                            "model must be '%s', which the path names, found '%s'; leave it out or"
                                            .formatted(ofPath.id(), named.get().id())
                                    + " change the path")
                    .withParam(MODEL.name())
                    .withCode("model_mismatch")
                    .asException();
        }
    }

    private static ApiException unknown(String id) {
        return ApiError.refusal(
                        404,
                        "no model version '%s'. Ensure the model version ID is correct"
                                .formatted(id))
                .withParam("model_version_id")
                .withCode("model_not_found")
                .asException();
    }
}
