package dev.nightjar.server.dialect.bluefly;

import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Bluefly's routes. Model ids may hold slashes, raw or as {@code %2F}: both arrive decoded. */
public final class BlueflyRoutes {

    private static final String MODELS = "/api/v1/models";
    private static final String MODEL = MODELS + "/{+id}";

    private final ModelCatalog models;
    private final Answers answers;
    private final EmbeddingsRoute embeddings;

    /** Serves these models. */
    public BlueflyRoutes(ModelCatalog models, Answers answers) {
        this.models = models;
        this.answers = answers;
        this.embeddings = new EmbeddingsRoute(answers);
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.post(
                                Dialect.BLUEFLY,
                                MODEL + "/generate",
                                "Generates a text.",
                                GenerateRequest.BODY,
                                this::generate)
                        .withAnswer(BlueflyAnswers.GENERATED)
                        .withExample(
                                "generate",
                                "{\"prompt\":\"Tell me a short story.\",\"max_tokens\":100}"),
                Route.post(
                                Dialect.BLUEFLY,
                                MODEL + "/embeddings",
                                "Makes vectors of texts.",
                                EmbeddingsRoute.BODY,
                                this::embed)
                        .withAnswer(EmbeddingsRoute.ANSWER)
                        .withExample("bluefly-embeddings", "{\"input\":\"Hello!\"}"),
                Route.get(Dialect.BLUEFLY, MODELS, "Lists the models.", this::list)
                        .withAnswer(BlueflyAnswers.MODELS),
                Route.get(Dialect.BLUEFLY, MODEL, "Describes a model.", this::show)
                        .withAnswer(BlueflyAnswers.MODEL));
    }

    private void generate(ServerRequest request, ServerResponse response) {
        ServedModel asked = ModelPolicy.use(model(request), request, response);
        asked.requireTask(ModelTask.GENERATE);
        RequestObject body = RequestBody.read(request);
        GenerateRequest task = GenerateRequest.parse(body);
        body.ignored().writeTo(response);
        ServedModel model = task.sequences().answering(asked, text -> List.of(task.prompt(text)));
        answers.answer(
                request,
                response,
                task.sequences().of(model, List.of(task.prompt(model.text()))),
                GenerateShape.of(response, model.id(), task.sequences().numChoices()));
    }

    private void embed(ServerRequest request, ServerResponse response) {
        ServedModel model = ModelPolicy.use(model(request), request, response);
        model.requireTask(ModelTask.EMBED);
        embeddings.answer(request, response, RequestBody.read(request), model);
    }

    private void list(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.list(models.visibleTo(request).all()));
    }

    private void show(ServerRequest request, ServerResponse response) {
        send(response, ModelsJson.one(ModelPolicy.show(model(request), response)));
    }

    private ServedModel model(ServerRequest request) {
        return models.visibleTo(request).atPath(request.path().pathParameters().get("id"));
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }
}
