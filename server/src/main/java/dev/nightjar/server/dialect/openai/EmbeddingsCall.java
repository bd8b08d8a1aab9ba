package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.embedding.Embedder;
import dev.nightjar.server.embedding.EmbeddingInput;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.embedding.InputReader.Emptiness;
import dev.nightjar.server.embedding.VectorFields;
import dev.nightjar.server.embedding.VectorFormat;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * Vectors of texts. The llm_serving README takes an empty text, and none, where OpenAI does not.
 */
final class EmbeddingsCall {

    static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["object","data","model","usage"],\
                            "properties":{"object":{"type":"string","const":"list"},\
                            "data":{"type":"array","items":{"type":"object","required":\
                            ["object","embedding","index"],"properties":{"object":\
                            {"type":"string","const":"embedding"},"embedding":%s,\
                            "index":{"type":"integer"}}}},"model":{"type":"string"},"usage":%s}}"""
                                    .formatted(VectorFormat.SCHEMA, VectorFormat.USAGE_SCHEMA)));

    private final Field<List<EmbeddingInput>> input;
    private final BodySpec body;
    private final Embedder embedder;

    EmbeddingsCall(Surface surface, Answers answers) {
        boolean isLoose = surface.takes(Liberty.MODEL_OPTIONAL);
        this.input = InputReader.field("input", isLoose ? Emptiness.TAKEN : Emptiness.REFUSED);
        BodySpec all =
                BodySpec.of(List.of(CommonFields.MODEL, input, Field.withoutEffect("user")))
                        .and(VectorFields.all());
        this.body = isLoose ? all : all.requiring("model", "input");
        this.embedder = new Embedder(answers);
    }

    BodySpec body() {
        return body;
    }

    void answer(
            ServerRequest request,
            ServerResponse response,
            RequestObject asked,
            ServedModel model) {
        model.requireTask(ModelTask.EMBED);
        asked.ignoreAllBut(body);
        VectorFormat format = VectorFields.format(asked);
        List<Embedding> embeddings =
                embedder.embed(
                        request, response, model, inputs(asked), VectorFields.options(asked));
        asked.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json(embeddings, model.id(), format));
    }

    private List<EmbeddingInput> inputs(RequestObject asked) {
        return body.required().contains(input.name())
                ? asked.require(input)
                : asked.get(input)
                        .orElseGet(() -> List.of(new EmbeddingInput.Text(input.name(), "")));
    }

    private static byte[] json(List<Embedding> embeddings, String model, VectorFormat format) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    json.writeArrayFieldStart("data");
                    for (int i = 0; i < embeddings.size(); i++) {
                        json.writeStartObject();
                        json.writeStringField("object", "embedding");
                        json.writeNumberField("index", i);
                        json.writeFieldName("embedding");
                        format.write(json, embeddings.get(i).vector());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeStringField("model", model);
                    VectorFormat.writeUsage(json, embeddings);
                    json.writeEndObject();
                });
    }
}
