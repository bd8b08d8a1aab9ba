package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** OpenAI's routes at one of their places. */
public final class OpenAiRoutes {

    private static final String MODELS = "/models/";

    private final Surface surface;
    private final ModelCatalog models;
    private final Answers answers;
    private final ChatCall chat;
    private final CompletionCall completion;

    /** Serves these models there. */
    public OpenAiRoutes(Surface surface, ModelCatalog models, Answers answers) {
        this.surface = surface;
        this.models = models;
        this.answers = answers;
        this.chat = new ChatCall(surface, answers);
        this.completion = new CompletionCall(surface, answers);
    }

    /** The routes. */
    public List<Route> all() {
        ApplyTemplateRoute template = new ApplyTemplateRoute(surface, models);
        return List.of(
                Route.get(
                        surface.dialect(),
                        surface.prefix() + "/models",
                        "Lists the models.",
                        this::listModels),
                Route.post(
                        surface.dialect(),
                        surface.prefix() + "/chat/completions",
                        "Answers a conversation.",
                        chat.body(),
                        this::chat),
                Route.post(
                        surface.dialect(),
                        surface.prefix() + "/completions",
                        "Continues a text.",
                        completion.body(),
                        this::complete),
                Route.post(
                        surface.dialect(),
                        surface.prefix() + "/apply-template",
                        "Shows the prompt that a conversation becomes.",
                        template.body(),
                        template),
                Route.get(
                        surface.dialect(),
                        surface.prefix() + "/models/{+id}",
                        "Describes a model.",
                        this::showModel));
    }

    private void listModels(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.list(loaded(models.all())));
    }

    private static List<ServedModel> loaded(List<ServedModel> all) {
        return all.stream().filter(model -> model.loaded().isPresent()).toList();
    }

    /** Names may contain slashes, raw or as %2F: both arrive decoded. */
    private void showModel(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        String id = path.substring(path.indexOf(MODELS) + MODELS.length());
        ServedModel model = ModelPolicy.announce(models.atPath(id), response);
        send(response, ModelsJson.one(model));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        chat.answer(request, response, body, choose(body, response));
    }

    private void complete(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        completion.answer(request, response, body, choose(body, response));
    }

    private ServedModel choose(RequestObject body, ServerResponse response) {
        return surface.models()
                .choose(models, body.get(CommonFields.MODEL), ModelTask.GENERATE, response);
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }
}
