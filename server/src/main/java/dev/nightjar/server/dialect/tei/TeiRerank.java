package dev.nightjar.server.dialect.tei;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.EncoderCall;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** {@code /rerank}: texts by how well they suit a query, as a bare array, the best first. */
public final class TeiRerank {

    /** What it answers. */
    public static final FieldSchema SCHEMA =
            FieldSchema.of(
                    """
                    {"type":"array","items":{"type":"object","required":["index","score"],\
                    "properties":{"index":{"type":"integer"},"score":{"type":"number"},\
                    "text":{"type":"string"}}}}""");

    /** What texts are compared with. */
    public static final Field<String> QUERY =
            Field.string("query", "What the texts are compared with.");

    private static final Field<List<String>> TEXTS =
            Field.of(
                    "texts",
                    FieldSchema.nonEmptyArrayOf(FieldSchema.string()),
                    "The texts to put in order, at most %d.".formatted(InputReader.MAX_INPUTS),
                    TeiRerank::texts);
    private static final Field<Boolean> RAW_SCORES =
            Field.bool(
                    "raw_scores",
                    "Scores as the model computed them instead of from 0 to 1; default false.");
    private static final Field<Boolean> RETURN_TEXT =
            Field.bool("return_text", "Whether the texts are repeated; default false.");

    /** What its body holds. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(QUERY, TEXTS, RAW_SCORES, RETURN_TEXT))
                    .and(TruncateFields.all())
                    .requiring(QUERY.name(), TEXTS.name());

    private final Answers answers;

    /** Within the limits of these answers. */
    public TeiRerank(Answers answers) {
        this.answers = answers;
    }

    /** Answers a body. */
    public void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel model) {
        EncoderModel encoder = model.encoder(ModelTask.RERANK);
        body.ignoreAllBut(BODY);
        String query = body.require(QUERY);
        List<String> texts = body.require(TEXTS);
        boolean isRaw = body.get(RAW_SCORES).orElse(false);
        boolean returnsText = body.get(RETURN_TEXT).orElse(false);
        Overflow overflow = TruncateFields.read(body);
        List<RankedText> ranked =
                answers.encode(
                        request, response, EncoderCall.rerank(encoder, query, texts, overflow));
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartArray();
                            for (RankedText text : ranked) {
                                json.writeStartObject();
                                json.writeNumberField("index", text.index());
                                writeText(json, returnsText, texts.get(text.index()));
                                json.writeNumberField(
                                        "score", isRaw ? text.rawScore() : text.score());
                                json.writeEndObject();
                            }
                            json.writeEndArray();
                        }));
    }

    private static void writeText(JsonGenerator json, boolean isWanted, String text)
            throws IOException {
        if (isWanted) {
            json.writeStringField("text", text);
        }
    }

    private static List<String> texts(RequestField field) {
        return InputReader.elements(field).stream().map(RequestField::string).toList();
    }
}
