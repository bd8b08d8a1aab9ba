package dev.nightjar.server.dialect.tgi;

import dev.nightjar.engine.text.InputLimit;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.Generation;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Continues a text in the shapes of Text Generation Inference. */
public final class TgiCall {

    /** The member by which a body is recognized. */
    public static final String INPUTS = "inputs";

    /** The members that no other body on the same path has. */
    public static final List<Field<?>> FIELDS = TgiRequest.OWN;

    /** What answers without a stream hold. */
    public static final FieldSchema ANSWER = TgiAnswers.GENERATED;

    private final ModelCatalog models;
    private final Answers answers;

    /** By the first of these models. */
    public TgiCall(ModelCatalog models, Answers answers) {
        this.models = models;
        this.answers = answers;
    }

    /** The routes that belong to it alone. */
    public List<Route> routes() {
        return List.of(
                Route.post(
                                Dialect.TGI,
                                "/generate_stream",
                                "Continues a text, as events.",
                                TgiRequest.BODY,
                                this::stream)
                        .withAnswer(AnswerSpec.text("text/event-stream; charset=utf-8"))
                        .withExample(
                                "tgi-stream",
                                "{\"inputs\":\"Once upon a time\","
                                        + "\"parameters\":{\"max_new_tokens\":50}}"));
    }

    private void stream(ServerRequest request, ServerResponse response) {
        shaped(
                request,
                () -> {
                    RequestObject body = RequestBody.read(request);
                    TgiRequest task = TgiRequest.parse(body).streamed();
                    answer(request, response, task, body);
                });
    }

    /** Answers a body with the member {@code inputs}. */
    public void answer(ServerRequest request, ServerResponse response, RequestObject body) {
        shaped(request, () -> answer(request, response, TgiRequest.parse(body), body));
    }

    /** Gives errors their form here. */
    private static void shaped(ServerRequest request, Runnable call) {
        request.context().register(ErrorShape.class, ErrorShape.TEI);
        try {
            call.run();
        } catch (RuntimeException failed) {
            throw TgiErrors.translated(failed);
        }
    }

    private void answer(
            ServerRequest request, ServerResponse response, TgiRequest task, RequestObject body) {
        body.ignored().writeTo(response);
        List<Prompt> prompts = List.of(new Prompt.Text(task.inputs()));
        ServedModel asked =
                ModelPolicy.use(
                        models.visibleTo(request).first(ModelTask.GENERATE), request, response);
        ServedModel model = task.sequences().answering(asked, candidate -> prompts);
        TextModel text = model.text();
        Generation generation = task.sequences().of(model, prompts);
        if (task.truncate().isPresent()) {
            InputLimit last = InputLimit.keepingLast(task.truncate().getAsInt());
            generation = generation.withInputLimit(last);
        }
        TgiShape shape =
                new TgiShape(
                        task, text.tokenizer().vocabulary(), input(request, response, task, text));
        answers.answer(request, response, generation, shape);
    }

    private List<TokenText> input(
            ServerRequest request, ServerResponse response, TgiRequest task, TextModel model) {
        return task.report().hasInputDetails()
                ? answers.score(
                        request,
                        response,
                        model,
                        model.promptIds(new Prompt.Text(task.inputs())),
                        0)
                : List.of();
    }
}
