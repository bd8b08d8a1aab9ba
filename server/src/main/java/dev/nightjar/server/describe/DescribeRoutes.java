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

    /** The API description. */
    public Route document() {
        return Route.get(
                        Dialect.NIGHTJAR,
                        "/openapi.json",
                        "This description.",
                        new OpenApiRoute(routes, version))
                .withoutModels();
    }

    /**
     * The source code of calls.
     *
     * @param prefix what the path begins with
     * @param call which one is shown unless a request asks for another
     */
    public Route snippet(Dialect dialect, String prefix, String call) {
        return Route.get(
                        dialect,
                        prefix + "/models/{+id}/snippet",
                        "Source code of a call to this model.",
                        new SnippetRoute(routes, models, call))
                .withQuery(SnippetRoute.LANGUAGE, SnippetRoute.CALL)
                .withAnswer(AnswerSpec.text(SnippetRoute.MEDIA_TYPE));
    }
}
