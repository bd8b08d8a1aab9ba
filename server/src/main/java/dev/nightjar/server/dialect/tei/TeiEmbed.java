package dev.nightjar.server.dialect.tei;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
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

/** {@code /embed}: vectors of texts as a bare array, also for one text. */
public final class TeiEmbed {

    /** What it answers. */
    public static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            "{\"type\":\"array\",\"items\":"
                                    + "{\"type\":\"array\",\"items\":{\"type\":\"number\"}}}"));

    private static final Field<List<EmbeddingInput>> INPUTS =
            InputReader.field("inputs", InputReader.Emptiness.REFUSED);

    /** What its body holds. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(INPUTS, VectorFields.NORMALIZE, VectorFields.DIMENSIONS))
                    .and(TruncateFields.all())
                    .and(PromptField.all())
                    .requiring(INPUTS.name());

    private final Embedder embedder;

    /** Within the limits of these answers. */
    public TeiEmbed(Answers answers) {
        this.embedder = new Embedder(answers);
    }

    /** Answers a body. */
    public void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel model) {
        body.ignoreAllBut(BODY);
        EmbedOptions options =
                PromptField.apply(
                        body,
                        model.encoder(ModelTask.EMBED),
                        VectorFields.options(body).withOverflow(TruncateFields.read(body)));
        List<Embedding> embeddings =
                embedder.embed(request, response, model, body.require(INPUTS), options);
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartArray();
                            for (Embedding embedding : embeddings) {
                                VectorFormat.NUMBERS.write(json, embedding.vector());
                            }
                            json.writeEndArray();
                        }));
    }
}
