package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.ApiError;
import dev.nightjar.server.api.ModelCatalog;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The routes below {@code /v1}. */
public final class OpenAiRoutes implements HttpService {

    private static final String MODELS = "/models/";

    private final ModelCatalog models;
    private final Answers answers;

    /** Serves these models; the version goes into the fingerprint of each answer. */
    public OpenAiRoutes(ModelCatalog models, AnswerLimits limits, String version) {
        this.models = models;
        this.answers = new Answers(limits, "nightjar-" + version);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/models", this::listModels)
                .get("/models/{+name}", this::showModel)
                .post("/chat/completions", this::chat)
                .post("/completions", this::complete)
                .post("/apply-template", new ApplyTemplateRoute(models));
    }

    private void listModels(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.list(models.all()));
    }

    /** Names may contain slashes, raw or as %2F: both arrive decoded. */
    private void showModel(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        String name = path.substring(path.indexOf(MODELS) + MODELS.length());
        send(response, ModelsJson.one(models.atPath(name)));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        ChatRequest chat = ChatRequest.parse(body);
        body.ignored().writeTo(response);
        TextModel model = models.requested(chat.model());
        if (!model.canChat() && chat.conversation().template().isEmpty()) {
            throw noChatTemplate(model);
        }
        Answers.Task task = new Answers.Task(model, chat.sequences(), chat.params());
        answers.answer(request, response, task, ChatShape::new);
    }

    private void complete(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        CompletionRequest completion = CompletionRequest.parse(body);
        body.ignored().writeTo(response);
        TextModel model = models.named(completion.model());
        List<String> echoes = completion.echoes(model.tokenizer());
        Answers.Task task = new Answers.Task(model, completion.sequences(), completion.params());
        answers.answer(request, response, task, frame -> new CompletionShape(frame, echoes));
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
