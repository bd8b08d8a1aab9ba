package dev.nightjar.server.dialect.tei;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.embedding.Embedder;
import dev.nightjar.server.embedding.EmbeddingInput;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code /similarity}: the cosines between a sentence and others, in their order. */
public final class TeiSimilarity {

    /** What it answers. */
    public static final AnswerSpec ANSWER =
            AnswerSpec.json(FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"number\"}}"));

    private static final String SOURCE = "source_sentence";
    private static final String SENTENCES = "sentences";

    private static final Field<List<EmbeddingInput>> INPUTS =
            Field.of(
                    "inputs",
                    FieldSchema.of(
                                    """
                            {"type":"object","required":["source_sentence","sentences"],\
                            "properties":{"source_sentence":{"type":"string","minLength":1},\
                            "sentences":{"type":"array","minItems":1,"items":\
                            {"type":"string","minLength":1}}}}""")
                            .withExamples("{\"source_sentence\":\"a\",\"sentences\":[\"b\"]}"),
                    "A source_sentence, and at most %d sentences to compare it with."
                            .formatted(InputReader.MAX_INPUTS),
                    TeiSimilarity::sentences);

    private static final Field<RequestObject> PARAMETERS =
            Field.of(
                    "parameters",
                    FieldSchema.of(
                            """
                            {"type":"object","properties":{"truncate":{"type":"boolean"},\
                            "truncation_direction":{"type":"string"},\
                            "prompt_name":{"type":"string"}}}"""),
                    "truncate, truncation_direction and prompt_name, as embed takes them.",
                    TeiSimilarity::parameters);

    /** What its body holds. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(INPUTS, PARAMETERS)).requiring(INPUTS.name());

    private final Embedder embedder;

    /** Within the limits of these answers. */
    public TeiSimilarity(Answers answers) {
        this.embedder = new Embedder(answers);
    }

    /** Answers a body. */
    public void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel model) {
        body.ignoreAllBut(BODY);
        EncoderModel encoder = model.encoder(ModelTask.EMBED);
        EmbedOptions options =
                body.get(PARAMETERS)
                        .map(parameters -> options(parameters, encoder))
                        .orElse(EmbedOptions.defaults());
        List<Embedding> embeddings =
                embedder.embed(request, response, model, body.require(INPUTS), options);
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        float[] source = embeddings.getFirst().vector();
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartArray();
                            for (Embedding one : embeddings.subList(1, embeddings.size())) {
                                json.writeNumber(dot(source, one.vector()));
                            }
                            json.writeEndArray();
                        }));
    }

    private static float dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return (float) sum;
    }

    /** The source in front. */
    private static List<EmbeddingInput> sentences(RequestField field) {
        RequestObject inputs = field.object();
        inputs.ignoreAllBut(Set.of(SOURCE, SENTENCES));
        List<EmbeddingInput> all = new ArrayList<>();
        all.add(InputReader.text(inputs.required(SOURCE)));
        InputReader.elements(inputs.required(SENTENCES)).stream()
                .map(InputReader::text)
                .forEach(all::add);
        return all;
    }

    private static RequestObject parameters(RequestField field) {
        RequestObject parameters = field.object();
        parameters.ignoreAllBut(BodySpec.of(TruncateFields.all()).and(PromptField.all()));
        return parameters;
    }

    private static EmbedOptions options(RequestObject parameters, EncoderModel encoder) {
        return PromptField.apply(
                parameters,
                encoder,
                EmbedOptions.defaults().withOverflow(TruncateFields.read(parameters)));
    }
}
