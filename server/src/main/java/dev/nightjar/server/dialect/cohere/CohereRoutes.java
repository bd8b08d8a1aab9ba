package dev.nightjar.server.dialect.cohere;

import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.tei.TeiRerank;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;

/** The call with the model in its body, at the paths of Jina and of Cohere's two versions. */
public final class CohereRoutes {

    private static final BodySpec BODY =
            DocumentRerank.BODY
                    .and(List.of(CommonFields.MODEL))
                    .requiring(
                            CommonFields.MODEL.name(),
                            TeiRerank.QUERY.name(),
                            DocumentRerank.DOCUMENTS_NAME);

    private final ModelCatalog models;
    private final DocumentRerank rerank;

    /** Serves these models. */
    public CohereRoutes(ModelCatalog models, Answers answers) {
        this.models = models;
        this.rerank = new DocumentRerank(answers);
    }

    /** The routes. */
    public List<Route> all() {
        return Stream.of("/v1", "/v2")
                .map(
                        prefix ->
                                Route.post(
                                                Dialect.COHERE,
                                                prefix + "/rerank",
                                                "Puts documents in order for a query.",
                                                BODY,
                                                this::answer)
                                        .withAnswer(AnswerSpec.json(DocumentRerank.SCHEMA))
                                        .withExample(
                                                "rerank" + prefix.replace("/", "-"),
                                                """
                                                {"model":"{model}","query":"Who is a bird?",\
                                                "documents":["A nightjar.","A kettle."]}"""))
                .toList();
    }

    private void answer(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        ServedModel model =
                ModelPolicy.STRICT.choose(
                        models, body.get(CommonFields.MODEL), ModelTask.RERANK, request, response);
        rerank.answer(request, response, body, model, BODY.names());
    }
}
