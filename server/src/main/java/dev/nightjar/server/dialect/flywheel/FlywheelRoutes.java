package dev.nightjar.server.dialect.flywheel;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.Generation;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.tgi.TgiCall;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;

/** Flywheel's call, at its two paths. A body with {@code inputs} is another API's. */
public final class FlywheelRoutes {

    private static final AnswerSpec ANSWER =
            AnswerSpec.json(FieldSchema.anyOf(FlywheelShape.SCHEMA, TgiCall.ANSWER)).orEvents();

    private final ModelCatalog models;
    private final Answers answers;
    private final TgiCall tgi;

    /** Serves these models. */
    public FlywheelRoutes(ModelCatalog models, Answers answers) {
        this.models = models;
        this.answers = answers;
        this.tgi = new TgiCall(models, answers);
    }

    /** The routes. */
    public List<Route> all() {
        BodySpec both = FlywheelRequest.BODY.and(TgiCall.FIELDS);
        Stream<Route> generate =
                Stream.of("/generate", "/flywheel/v1/generate")
                        .map(
                                path ->
                                        Route.post(
                                                        Dialect.FLYWHEEL,
                                                        path,
                                                        "Continues a text: needs text and max_tokens, or"
                                                                + " inputs.",
                                                        both,
                                                        this::generate)
                                                .withAnswer(ANSWER)
                                                .orErrors(ErrorShape.TEI)
                                                .withExample(
                                                        path.equals("/generate")
                                                                ? "flywheel"
                                                                : "flywheel-v1",
                                                        "{\"text\":\"Once upon a time\","
                                                                + "\"max_tokens\":50}"));
        return Stream.concat(generate, tgi.routes().stream()).toList();
    }

    private void generate(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        if (body.field(TgiCall.INPUTS).isPresent()) {
            tgi.answer(request, response, body);
        } else {
            answer(request, response, body);
        }
    }

    private void answer(ServerRequest request, ServerResponse response, RequestObject body) {
        FlywheelRequest task = FlywheelRequest.parse(body);
        body.ignored().writeTo(response);
        List<Prompt> prompts = List.of(new Prompt.Text(task.text()));
        ServedModel asked = ModelPolicy.use(model(task, request), request, response);
        ServedModel model = task.sequences().answering(asked, text -> prompts);
        task.checkEosTokens(model.text().vocabSize());
        Generation generation = task.sequences().of(model, prompts);
        answers.answer(
                request,
                response,
                task.inputLimit(model).map(generation::withInputLimit).orElse(generation),
                FlywheelShape.of(request, response, task));
    }

    private ServedModel model(FlywheelRequest task, ServerRequest request) {
        ModelCatalog visible = models.visibleTo(request);
        return task.model().map(visible::named).orElseGet(() -> visible.first(ModelTask.GENERATE));
    }
}
