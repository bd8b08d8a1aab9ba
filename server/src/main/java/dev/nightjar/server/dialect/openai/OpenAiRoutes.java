package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.ApiError;
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

    /** Serves these models there. */
    public OpenAiRoutes(Surface surface, ModelCatalog models, Answers answers) {
        this.surface = surface;
        this.models = models;
        this.answers = answers;
    }

    /** The routes. */
    public List<Route> all() {
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
                        ChatRequest.BODY,
                        this::chat),
                Route.post(
                        surface.dialect(),
                        surface.prefix() + "/completions",
                        "Continues a text.",
                        CompletionRequest.BODY,
                        this::complete),
                Route.post(
                        surface.dialect(),
                        surface.prefix() + "/apply-template",
                        "Shows the prompt that a conversation becomes.",
                        ApplyTemplateRoute.BODY,
                        new ApplyTemplateRoute(surface, models)),
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
        ChatRequest chat = ChatRequest.parse(body);
        body.ignored().writeTo(response);
        ServedModel model = choose(body, response);
        if (!model.text().canChat() && chat.conversation().template().isEmpty()) {
            throw noChatTemplate(model.text());
        }
        Frame frame = frame(response, model, chat.includesUsage());
        answers.answer(
                request,
                response,
                chat.sequences().of(model, List.of(chat.conversation())),
                new ChatShape(frame));
    }

    private void complete(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        CompletionRequest completion = CompletionRequest.parse(body);
        body.ignored().writeTo(response);
        ServedModel model = choose(body, response);
        List<String> echoes = completion.echoes(model.text().tokenizer());
        Frame frame = frame(response, model, completion.includesUsage());
        answers.answer(
                request,
                response,
                completion.sequences().of(model, completion.prompts()),
                new CompletionShape(frame, echoes));
    }

    private ServedModel choose(RequestObject body, ServerResponse response) {
        return surface.models()
                .choose(models, body.get(CommonFields.MODEL), ModelTask.GENERATE, response);
    }

    private Frame frame(ServerResponse response, ServedModel model, boolean includesUsage) {
        return Frame.of(response, model.id(), includesUsage, surface.dialect().errors());
    }

    private static RuntimeException noChatTemplate(TextModel model) {
        return ApiError.invalidRequest(
                        "model '%s' has no chat template; use /v1/completions"
                                .formatted(model.name()))
                .withParam("messages")
                .withCode("no_chat_template")
                .asException();
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }
}
