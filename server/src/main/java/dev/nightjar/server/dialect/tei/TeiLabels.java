package dev.nightjar.server.dialect.tei;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.Classification;
import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Overflow;
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
import dev.nightjar.server.error.ApiError;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/**
 * The labels of a text or of several, all of them, the likeliest first.
 *
 * @param classifications in the order of the texts
 * @param isBatch whether the request had an array of texts, however long
 * @param isRaw whether scores are written as the model computed them
 */
public record TeiLabels(List<Classification> classifications, boolean isBatch, boolean isRaw) {

    /** The labels of a text as a JSON schema. */
    private static final FieldSchema LABELS =
            FieldSchema.of(
                    """
                    {"type":"array","items":{"type":"object","required":["score","label"],\
                    "properties":{"score":{"type":"number"},"label":{"type":"string"}}}}""");

    /** Of one text, or of each, as a JSON schema. */
    public static final FieldSchema SCHEMA = FieldSchema.anyOf(LABELS, FieldSchema.arrayOf(LABELS));

    private static final FieldSchema TEXT = FieldSchema.of("{\"type\":\"string\",\"minLength\":1}");

    private static final Field<List<String>> INPUTS =
            Field.of(
                    "inputs",
                    FieldSchema.anyOf(TEXT, FieldSchema.nonEmptyArrayOf(TEXT)),
                    "The text, or at most %d texts.".formatted(InputReader.MAX_INPUTS),
                    TeiLabels::texts);
    private static final Field<Boolean> RAW_SCORES =
            Field.bool(
                    "raw_scores",
                    "Scores as the model computed them instead of from 0 to 1; default false.");

    /** What bodies hold. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(INPUTS, RAW_SCORES))
                    .and(TruncateFields.all())
                    .requiring(INPUTS.name());

    /** Computes what a body asks for. */
    public static TeiLabels of(
            Answers answers,
            ServerRequest request,
            ServerResponse response,
            RequestObject body,
            ServedModel model) {
        EncoderModel encoder = model.encoder(ModelTask.CLASSIFY);
        body.ignoreAllBut(BODY);
        List<String> texts = body.require(INPUTS);
        boolean isRaw = body.get(RAW_SCORES).orElse(false);
        Overflow overflow = TruncateFields.read(body);
        return new TeiLabels(
                answers.encode(request, response, EncoderCall.classify(encoder, texts, overflow)),
                body.required(INPUTS.name()).isArray(),
                isRaw);
    }

    /** Writes them as a value. */
    public void write(JsonGenerator json) throws IOException {
        if (!isBatch) {
            write(json, classifications.getFirst());
            return;
        }
        json.writeStartArray();
        for (Classification one : classifications) {
            write(json, one);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Classification one) throws IOException {
        json.writeStartArray();
        for (ScoredLabel label : one.labels()) {
            json.writeStartObject();
            json.writeNumberField("score", isRaw ? label.rawScore() : label.score());
            json.writeStringField("label", label.label());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<String> texts(RequestField field) {
        if (field.isArray()) {
            return InputReader.elements(field).stream().map(TeiLabels::text).toList();
        }
        return field.isString()
                ? List.of(text(field))
                : field.expected("a string or an array of strings");
    }

    private static String text(RequestField field) {
        if (field.string().isEmpty()) {
            throw ApiError.invalidRequest(field.path() + " must not be empty; give it a text")
                    .withParam(field.path())
                    .withCode(InputReader.EMPTY)
                    .asException();
        }
        return field.string();
    }
}
