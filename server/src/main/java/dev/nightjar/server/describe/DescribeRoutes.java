package dev.nightjar.server.describe;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import java.util.List;
import java.util.function.Supplier;

/** The routes that describe all routes. */
public final class DescribeRoutes {

    private final Supplier<List<Route>> routes;
    private final ModelCatalog models;
    private final String version;

    /** Describes these routes, which may include its own. */
    public DescribeRoutes(Supplier<List<Route>> routes, ModelCatalog models, String version) {
        this.routes = routes;
        this.models = models;
        this.version = version;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/openapi.json",
                                "This description.",
                                new OpenApiRoute(routes, version))
                        .withoutModels(),
                snippet(Dialect.OICM, ""),
                snippet(Dialect.BLUEFLY, "/api/v1"));
    }

    private Route snippet(Dialect dialect, String prefix) {
        return Route.get(
                        dialect,
                        prefix + "/models/{+id}/snippet",
                        "Source code of a call to this model.",
                        new SnippetRoute(routes, models))
                .withQuery(SnippetRoute.LANGUAGE, SnippetRoute.CALL)
                .withAnswer(AnswerSpec.text(SnippetRoute.MEDIA_TYPE));
    }
}
