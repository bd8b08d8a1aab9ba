package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.chat.ApplyTemplateRoute;
import dev.nightjar.server.dialect.openai.chat.ChatCall;
import dev.nightjar.server.dialect.openai.completion.CompletionCall;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's routes at one of their places. */
public final class OpenAiRoutes {

    private static final String MODELS = "/models/";

    private final Surface surface;
    private final ModelCatalog models;
    private final Answers answers;
    private final ChatCall chat;
    private final CompletionCall completion;
    private final EmbeddingsCall embeddings;

    /** Serves these models there. */
    public OpenAiRoutes(Surface surface, ModelCatalog models, Answers answers) {
        this.surface = surface;
        this.models = models;
        this.answers = answers;
        this.chat = new ChatCall(surface, answers);
        this.completion = new CompletionCall(surface, answers);
        this.embeddings = new EmbeddingsCall(surface, answers);
    }

    /** The routes. */
    public List<Route> all() {
        return Stream.concat(served().stream(), new TasksToCome(surface).all().stream()).toList();
    }

    private List<Route> served() {
        ApplyTemplateRoute template = new ApplyTemplateRoute(surface, models);
        return List.of(
                get("/models", "Lists the models.", this::listModels)
                        .withAnswer(AnswerSchemas.MODELS),
                post("/chat/completions", "Answers a conversation.", chat.body(), this::chat)
                        .withAnswer(AnswerSchemas.CHAT)
                        .withExample(
                                call("chat"),
                                """
                                {"model":"{model}","messages":[{"role":"user",\
                                "content":"Tell me a short story."}],"max_tokens":100}\
                                """),
                post("/completions", "Continues a text.", completion.body(), this::complete)
                        .withAnswer(AnswerSchemas.COMPLETION)
                        .withExample(
                                call("completion"),
                                """
                                {"model":"{model}","prompt":"Once upon a time",\
                                "max_tokens":100}\
                                """),
                post(
                                "/apply-template",
                                "Shows the prompt that a conversation becomes.",
                                template.body(),
                                template)
                        .withAnswer(AnswerSchemas.PROMPT)
                        .withExample(
                                call("apply-template"),
                                """
                                {"model":"{model}","messages":[{"role":"user",\
                                "content":"Hello!"}]}\
                                """),
                get("/models/{+id}", "Describes a model.", this::showModel)
                        .withAnswer(AnswerSchemas.MODEL),
                post("/embeddings", "Makes vectors of texts.", embeddings.body(), this::embed)
                        .withAnswer(EmbeddingsCall.ANSWER)
                        .withExample(
                                call("embeddings"),
                                """
                                {"model":"{model}","input":"Hello!"}\
                                """));
    }

    private Route get(String path, String summary, Handler handler) {
        return Route.get(surface.dialect(), surface.prefix() + path, summary, handler);
    }

    private Route post(String path, String summary, BodySpec body, Handler handler) {
        return Route.post(surface.dialect(), surface.prefix() + path, summary, body, handler);
    }

    /** Calls at the root have names of their own, as those of OpenAI's API go first. */
    private String call(String name) {
        return surface.prefix().isEmpty() ? "root-" + name : name;
    }

    private void listModels(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.list(served(models.visibleTo(request).all())));
    }

    private static List<ServedModel> served(List<ServedModel> all) {
        return all.stream().filter(ServedModel::isServed).toList();
    }

    /** Names may contain slashes, raw or as %2F: both arrive decoded. */
    private void showModel(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        String id = path.substring(path.indexOf(MODELS) + MODELS.length());
        ServedModel model = ModelPolicy.show(models.visibleTo(request).atPath(id), response);
        send(response, ModelsJson.one(model));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        chat.answer(request, response, body, choose(body, request, response));
    }

    private void complete(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        completion.answer(request, response, body, choose(body, request, response));
    }

    private void embed(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        ServedModel model = choose(body, ModelTask.EMBED, request, response);
        embeddings.answer(request, response, body, model);
    }

    private ServedModel choose(RequestObject body, ServerRequest request, ServerResponse response) {
        return choose(body, ModelTask.GENERATE, request, response);
    }

    private ServedModel choose(
            RequestObject body, ModelTask task, ServerRequest request, ServerResponse response) {
        return surface.models()
                .choose(models, body.get(CommonFields.MODEL), task, request, response);
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }
}
