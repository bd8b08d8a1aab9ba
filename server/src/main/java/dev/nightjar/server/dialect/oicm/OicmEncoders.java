package dev.nightjar.server.dialect.oicm;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.cohere.DocumentRerank;
import dev.nightjar.server.dialect.tei.TeiDecode;
import dev.nightjar.server.dialect.tei.TeiEmbed;
import dev.nightjar.server.dialect.tei.TeiErrors;
import dev.nightjar.server.dialect.tei.TeiInfo;
import dev.nightjar.server.dialect.tei.TeiLabels;
import dev.nightjar.server.dialect.tei.TeiRerank;
import dev.nightjar.server.dialect.tei.TeiSimilarity;
import dev.nightjar.server.dialect.tei.TeiTokenize;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.predict.AskedKind;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The calls that encoders answer: those of Text Embeddings Inference with its errors, and {@code
 * classify} in the document's own shape. They are relative to a base.
 */
final class OicmEncoders {

    private static final BodySpec RERANK =
            BodySpec.of(TeiRerank.BODY.fields())
                    .and(DocumentRerank.OWN)
                    .requiring(TeiRerank.QUERY.name());

    private static final AnswerSpec RANKED =
            AnswerSpec.json(FieldSchema.anyOf(TeiRerank.SCHEMA, DocumentRerank.SCHEMA));

    private static final AnswerSpec CLASSIFICATION =
            AnswerSpec.json(
                    FieldSchema.of(
                            "{\"type\":\"object\",\"required\":[\"classification\"],"
                                    + "\"properties\":{\"classification\":%s}}"
                                            .formatted(TeiLabels.SCHEMA.json())));

    private static final String INPUTS = "{\"inputs\":\"What is Deep Learning?\"}";

    private final OicmModels models;
    private final Answers answers;
    private final TeiEmbed embed;
    private final TeiSimilarity similarity;
    private final TeiRerank rerank;
    private final DocumentRerank documents;
    private final OicmRows rows;

    OicmEncoders(OicmModels models, Answers answers) {
        this.models = models;
        this.answers = answers;
        this.embed = new TeiEmbed(answers);
        this.similarity = new TeiSimilarity(answers);
        this.rerank = new TeiRerank(answers);
        this.documents = new DocumentRerank(answers);
        this.rows = new OicmRows(models, answers);
    }

    /**
     * The routes.
     *
     * @param suffix of the names of their calls
     */
    List<Route> all(String suffix) {
        return List.of(
                Route.post(
                                Dialect.OICM,
                                "/classify",
                                "Labels a text.",
                                TeiLabels.BODY,
                                this::classify)
                        .withAnswer(CLASSIFICATION)
                        .withExample("oicm-classify" + suffix, "{\"inputs\":\"this is good!\"}"),
                Route.post(
                                Dialect.OICM,
                                "/embed",
                                "Makes vectors of texts.",
                                TeiEmbed.BODY,
                                this::embed)
                        .orErrors(ErrorShape.TEI)
                        .withAnswer(TeiEmbed.ANSWER)
                        .withExample("oicm-embed" + suffix, INPUTS),
                Route.post(
                                Dialect.OICM,
                                "/similarity",
                                "Compares a sentence with others.",
                                TeiSimilarity.BODY,
                                this::similarity)
                        .orErrors(ErrorShape.TEI)
                        .withAnswer(TeiSimilarity.ANSWER)
                        .withExample(
                                "oicm-embed-similarity" + suffix,
                                """
                                {"inputs":{"source_sentence":"A nightjar.",\
                                "sentences":["A bird.","A kettle."]}}"""),
                Route.post(
                                Dialect.OICM,
                                "/rerank",
                                "Puts texts, or documents, in order for a query.",
                                RERANK,
                                this::rerank)
                        .orErrors(ErrorShape.TEI)
                        .withAnswer(RANKED)
                        .withExample(
                                "oicm-rerank" + suffix,
                                "{\"query\":\"Who is a bird?\","
                                        + "\"texts\":[\"A nightjar.\",\"A kettle.\"]}"),
                Route.post(
                                Dialect.OICM,
                                "/predict",
                                "Labels a text, as Text Embeddings Inference does; predicts for"
                                        + " rows, which may also be a bare array.",
                                OicmRows.BODY,
                                this::predict)
                        .orErrors(ErrorShape.TEI)
                        .withQuery(AskedKind.PROBA, AskedKind.KIND)
                        .withAnswer(OicmRows.ANSWER)
                        .withExample("oicm-predict" + suffix, "{\"inputs\":\"this is good!\"}"),
                Route.get(
                                Dialect.OICM,
                                "/info",
                                "Describes an encoder, as Text Embeddings Inference does.",
                                this::info)
                        .withAnswer(TeiInfo.ANSWER),
                Route.post(
                                Dialect.OICM,
                                "/tokenize",
                                "Shows the tokens of texts, as an encoder takes them.",
                                TeiTokenize.BODY,
                                this::tokenize)
                        .orErrors(ErrorShape.TEI)
                        .withAnswer(TeiTokenize.ANSWER)
                        .withExample("oicm-embed-tokenize" + suffix, INPUTS),
                Route.post(
                                Dialect.OICM,
                                "/decode",
                                "Shows the texts of an encoder's tokens.",
                                TeiDecode.BODY,
                                this::decode)
                        .orErrors(ErrorShape.TEI)
                        .withAnswer(TeiDecode.ANSWER)
                        .withExample("oicm-embed-decode" + suffix, "{\"ids\":[[5,6,7]]}"));
    }

    private void classify(ServerRequest request, ServerResponse response) {
        ServedModel model = model(request, response, ModelTask.CLASSIFY);
        RequestObject body = body(request, model);
        TeiLabels labels = TeiLabels.of(answers, request, response, body, model);
        send(
                response,
                body,
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("classification");
                    labels.write(json);
                    json.writeEndObject();
                });
    }

    /** One path for two tasks, of which a model has one. */
    private void predict(ServerRequest request, ServerResponse response) {
        ServedModel model = models.of(request, response);
        if (model.entry().task() == ModelTask.PREDICT) {
            rows.answer(request, response, model);
            return;
        }
        model.encoder(ModelTask.CLASSIFY);
        TeiErrors.translating(
                request,
                response,
                () -> {
                    RequestObject body = body(request, model);
                    send(
                            response,
                            body,
                            TeiLabels.of(answers, request, response, body, model)::write);
                });
    }

    private void embed(ServerRequest request, ServerResponse response) {
        ServedModel model = model(request, response, ModelTask.EMBED);
        TeiErrors.translating(
                request,
                response,
                () -> embed.answer(request, response, body(request, model), model));
    }

    private void similarity(ServerRequest request, ServerResponse response) {
        ServedModel model = model(request, response, ModelTask.EMBED);
        TeiErrors.translating(
                request,
                response,
                () -> similarity.answer(request, response, body(request, model), model));
    }

    private void rerank(ServerRequest request, ServerResponse response) {
        ServedModel model = model(request, response, ModelTask.RERANK);
        TeiErrors.translating(
                request,
                response,
                () -> {
                    RequestObject body = body(request, model);
                    RERANK.fields().forEach(body::get); // also what only the other shape has
                    rerank(request, response, body, model);
                });
    }

    private void rerank(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel model) {
        Optional<RequestField> asDocuments = body.field(DocumentRerank.DOCUMENTS_NAME);
        if (asDocuments.isEmpty()) {
            rerank.answer(request, response, body, model);
            return;
        }
        if (body.field("texts").isPresent()) {
            throw asDocuments
                    .get()
                    .refused("texts and documents are two shapes of one call; give one of them");
        }
        documents.answer(request, response, body, model, DocumentRerank.BODY.names());
    }

    private void info(ServerRequest request, ServerResponse response) {
        ServedModel model = models.of(request, response);
        EncoderModel encoder = encoder(model);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonText.of(json -> TeiInfo.write(json, model, encoder)));
    }

    private void tokenize(ServerRequest request, ServerResponse response) {
        answerTokens(request, response, TeiTokenize::of);
    }

    private void decode(ServerRequest request, ServerResponse response) {
        answerTokens(request, response, TeiDecode::of);
    }

    private void answerTokens(
            ServerRequest request,
            ServerResponse response,
            BiFunction<RequestObject, EncoderModel, JsonText.Content> answer) {
        ServedModel model = models.of(request, response);
        EncoderModel encoder = encoder(model);
        TeiErrors.translating(
                request,
                response,
                () -> {
                    RequestObject body = body(request, model);
                    send(response, body, answer.apply(body, encoder));
                });
    }

    /** Whatever its task; a model of text is refused as if vectors were asked for. */
    private static EncoderModel encoder(ServedModel model) {
        ModelTask task = model.entry().task();
        return model.encoder(task == ModelTask.GENERATE ? ModelTask.EMBED : task);
    }

    private ServedModel model(ServerRequest request, ServerResponse response, ModelTask task) {
        ServedModel model = models.of(request, response);
        model.encoder(task);
        return model;
    }

    private RequestObject body(ServerRequest request, ServedModel model) {
        RequestObject body = RequestBody.read(request);
        models.check(body, model);
        return body;
    }

    private static void send(
            ServerResponse response, RequestObject body, JsonText.Content content) {
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonText.of(content));
    }
}
