package dev.nightjar.server.dialect.bluefly;

import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.embedding.Embedder;
import dev.nightjar.server.embedding.EmbeddingInput;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.embedding.VectorFields;
import dev.nightjar.server.embedding.VectorFormat;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;

/** Vectors of texts, in the document's own shape: an array of vectors. */
final class EmbeddingsRoute {

    static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["id","model","object","embeddings",\
                            "usage"],"properties":{"id":{"type":"string"},"model":\
                            {"type":"string"},"object":{"type":"string","const":"embedding"},\
                            "embeddings":{"type":"array","items":%s},"usage":%s}}"""
                                    .formatted(VectorFormat.SCHEMA, VectorFormat.USAGE_SCHEMA)));

    private static final Field<List<EmbeddingInput>> INPUT =
            InputReader.field("input", InputReader.Emptiness.REFUSED);

    static final BodySpec BODY =
            BodySpec.of(List.of(INPUT, Field.withoutEffect("user")))
                    .and(VectorFields.all())
                    .requiring(INPUT.name());

    private final Embedder embedder;

    EmbeddingsRoute(Answers answers) {
        this.embedder = new Embedder(answers);
    }

    void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel model) {
        body.ignoreAllBut(BODY);
        VectorFormat format = VectorFields.format(body);
        List<Embedding> embeddings =
                embedder.embed(
                        request, response, model, body.require(INPUT), VectorFields.options(body));
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json(embeddings, model.id(), format));
    }

    private static byte[] json(List<Embedding> embeddings, String model, VectorFormat format) {
        String id = "emb_" + UUID.randomUUID().toString().replace("-", "");
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("id", id);
                    json.writeStringField("model", model);
                    json.writeStringField("object", "embedding");
                    json.writeArrayFieldStart("embeddings");
                    for (Embedding embedding : embeddings) {
                        format.write(json, embedding.vector());
                    }
                    json.writeEndArray();
                    VectorFormat.writeUsage(json, embeddings);
                    json.writeEndObject();
                });
    }
}
