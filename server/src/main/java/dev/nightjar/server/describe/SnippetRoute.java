package dev.nightjar.server.describe;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.api.ServerUrl;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.describe.snippet.Language;
import dev.nightjar.server.describe.snippet.Snippet;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.predict.SampleRows;
import dev.nightjar.server.route.CallExample;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes a call to a model as source code, ready to paste. */
final class SnippetRoute implements Handler {

    static final String MEDIA_TYPE = "text/plain; charset=utf-8";

    static final Field<String> LANGUAGE =
            Field.word("lang", Language.words(), "The language; default curl.");
    static final Field<String> CALL =
            Field.string(
                    "call",
                    "Which call, by its name; the dialect's own, completion for a model that knows"
                            + " no conversations, and an encoder's own call.");

    private static final String PREDICT_CALL = "oicm-predict";
    private static final String MODELS = "/models/";
    private static final String SNIPPET = "/snippet";

    private final Supplier<List<Route>> routes;
    private final ModelCatalog models;
    private final String defaultCall;

    SnippetRoute(Supplier<List<Route>> routes, ModelCatalog models, String defaultCall) {
        this.defaultCall = defaultCall;
        this.routes = routes;
        this.models = models;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        ServedModel model = models.visibleTo(request).named(id(request.path().path()));
        RequestObject query = RequestQuery.read(request);
        Language language = Language.of(query.get(LANGUAGE).orElse(Language.CURL.word()));
        String call = query.get(CALL).orElseGet(() -> usualCall(model));
        Route route = route(call);
        Snippet snippet =
                new Snippet(ServerUrl.of(request) + path(route, model.id()), body(route, model));
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        response.send(snippet.in(language).getBytes(StandardCharsets.UTF_8));
    }

    private String usualCall(ServedModel model) {
        return switch (model.entry().task()) {
            case GENERATE ->
                    model.loadedText().map(TextModel::canChat).orElse(true)
                            ? defaultCall
                            : "completion";
            case EMBED -> "embeddings";
            case RERANK -> "rerank-v1";
            case CLASSIFY -> "oicm-classify";
            case PREDICT -> PREDICT_CALL;
        };
    }

    private static String id(String path) {
        return path.substring(
                path.indexOf(MODELS) + MODELS.length(), path.length() - SNIPPET.length());
    }

    private Route route(String call) {
        return served().stream()
                .filter(route -> route.notes().example().orElseThrow().name().equals(call))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiError.invalidRequest(
                                                "call must be one of %s, found '%s'"
                                                        .formatted(names(), call))
                                        .withParam(CALL.name())
                                        .asException());
    }

    private List<Route> served() {
        return routes.get().stream()
                .filter(route -> route.state() == Route.State.SERVED)
                .filter(route -> route.notes().example().isPresent())
                .toList();
    }

    private String names() {
        return served().stream()
                .map(route -> route.notes().example().orElseThrow().name())
                .collect(Collectors.joining(", "));
    }

    private static String path(Route route, String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return route.path()
                .replace("{version}", "1")
                .replaceAll("\\{[^}]*}", encoded.replace("$", "\\$"));
    }

    /** Each model of rows has features of its own. */
    private static JsonObject body(Route route, ServedModel model) {
        CallExample example = route.notes().example().orElseThrow();
        boolean isOfRows =
                model.entry().task() == ModelTask.PREDICT
                        && example.name().startsWith(PREDICT_CALL);
        return isOfRows
                ? (JsonObject) JsonReader.read(rows(model).getBytes(StandardCharsets.UTF_8))
                : body(example, model.id());
    }

    private static String rows(ServedModel model) {
        return model.loadedRows()
                .map(rows -> SampleRows.body(rows.model()))
                .orElse("{\"instances\":[[0,0,0]]}");
    }

    private static JsonObject body(CallExample example, String id) {
        String quoted =
                new String(JsonText.of(json -> json.writeString(id)), StandardCharsets.UTF_8);
        String body = example.bodyFor(quoted.substring(1, quoted.length() - 1));
        return (JsonObject) JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
