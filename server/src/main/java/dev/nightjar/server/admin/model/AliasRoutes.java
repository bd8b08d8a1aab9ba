package dev.nightjar.server.admin.model;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Gives models other names, and takes them away. */
public final class AliasRoutes {

    private static final String ALIAS = "/admin/aliases/{+alias}";

    private static final Field<String> MODEL =
            Field.string("model", "The id that the name stands for; it may name a version.");
    private static final BodySpec BODY = BodySpec.of(List.of(MODEL)).requiring("model");

    private final ModelCatalog catalog;

    /** Of these models. */
    public AliasRoutes(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                route(
                                Method.PUT,
                                "Gives a model another name, or a name another model.",
                                Optional.of(BODY),
                                this::put)
                        .withExample("set-alias", "{\"model\":\"{id}\"}"),
                route(Method.DELETE, "Takes a name away.", Optional.empty(), this::delete));
    }

    private static Route route(
            Method method, String summary, Optional<BodySpec> body, Handler handler) {
        return new Route(
                        method,
                        ALIAS,
                        Dialect.NIGHTJAR,
                        summary,
                        Route.State.SERVED,
                        body,
                        Dialect.NIGHTJAR.errors(),
                        handler)
                .openTo(Access.ADMIN)
                .withoutModels();
    }

    private void put(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(BODY);
        String alias = request.path().pathParameters().get("alias");
        try {
            catalog.alias(alias, body.require(MODEL));
        } catch (IllegalArgumentException taken) {
            throw ApiError.refusal(409, taken.getMessage())
                    .withParam("alias")
                    .withCode("model_conflict")
                    .asException();
        }
        send(response, alias, catalog.named(alias).version());
    }

    private void delete(ServerRequest request, ServerResponse response) {
        String alias = request.path().pathParameters().get("alias");
        Optional<CatalogEntry> entry =
                catalog.entries().stream()
                        .filter(one -> one.name().equals(alias) && one.aliasOf().isPresent())
                        .findFirst();
        if (entry.isEmpty()) {
            throw ApiError.refusal(404, "there is no alias '%s'".formatted(alias))
                    .withCode("alias_not_found")
                    .asException();
        }
        catalog.remove(alias);
        send(response, alias, entry.get().aliasOf().get());
    }

    private static void send(ServerResponse response, String alias, String model) {
        ConfigRoute.tellItEnds(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("alias", alias);
                            json.writeStringField("model", model);
                            json.writeEndObject();
                        }));
    }
}
