package dev.nightjar.server.dialect.tei;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.embedding.InputReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code /info}: what an encoder is and how much it takes at once. */
public final class TeiInfo {

    /** What it answers. */
    public static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["model_id","model_dtype","model_type",\
                            "max_concurrent_requests","max_input_length","max_batch_tokens",\
                            "max_client_batch_size","auto_truncate","tokenization_workers",\
                            "version"],"properties":{"model_id":{"type":"string"},\
                            "model_sha":{"type":["string","null"]},\
                            "model_dtype":{"type":"string"},"model_type":{"type":"object"},\
                            "max_concurrent_requests":{"type":"integer"},\
                            "max_input_length":{"type":"integer"},\
                            "max_batch_tokens":{"type":"integer"},\
                            "max_batch_requests":{"type":["integer","null"]},\
                            "max_client_batch_size":{"type":"integer"},\
                            "auto_truncate":{"type":"boolean"},\
                            "tokenization_workers":{"type":"integer"},\
                            "version":{"type":"string"},"sha":{"type":["string","null"]},\
                            "docker_label":{"type":["string","null"]}}}"""));

    private TeiInfo() {}

    /** Writes what an encoder is. */
    public static void write(JsonGenerator json, ServedModel model, EncoderModel encoder)
            throws IOException {
        EncoderPlan plan = encoder.plan();
        json.writeStartObject();
        json.writeStringField("model_id", model.id());
        json.writeNullField("model_sha");
        json.writeStringField("model_dtype", "float32"); // what is computed in, as there
        json.writeFieldName("model_type");
        writeType(json, encoder);
        json.writeNumberField("max_concurrent_requests", plan.maxQueued());
        int maxInput = plan.maxInputTokens();
        json.writeNumberField(
                "max_input_length", Math.min(maxInput, model.maxInput().orElse(maxInput)));
        json.writeNumberField("max_batch_tokens", plan.maxStepTokens());
        json.writeNullField("max_batch_requests");
        json.writeNumberField("max_client_batch_size", InputReader.MAX_INPUTS);
        json.writeBooleanField("auto_truncate", false);
        // Each request encodes its texts on a thread of its own, as many at a time as there are.
        json.writeNumberField("tokenization_workers", Runtime.getRuntime().availableProcessors());
        json.writeStringField("version", Version.current());
        json.writeNullField("sha");
        json.writeNullField("docker_label");
        json.writeEndObject();
    }

    /** An object of one member, named after the kind. */
    private static void writeType(JsonGenerator json, EncoderModel encoder) throws IOException {
        json.writeStartObject();
        switch (encoder.tasks().iterator().next()) {
            case EMBED -> {
                json.writeObjectFieldStart("embedding");
                json.writeStringField("pooling", pooling(encoder));
            }
            case RERANK -> {
                json.writeObjectFieldStart("reranker");
                writeLabels(json, encoder.labels());
            }
            case CLASSIFY -> {
                json.writeObjectFieldStart("classifier");
                writeLabels(json, encoder.labels());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String pooling(EncoderModel encoder) {
        String name = encoder.pooling().name().toLowerCase(Locale.ROOT);
        return name.equals("last") ? "last_token" : name;
    }

    private static void writeLabels(JsonGenerator json, List<String> labels) throws IOException {
        json.writeObjectFieldStart("id2label");
        for (int i = 0; i < labels.size(); i++) {
            json.writeStringField(Integer.toString(i), labels.get(i));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("label2id");
        for (int i = 0; i < labels.size(); i++) {
            json.writeNumberField(labels.get(i), i);
        }
        json.writeEndObject();
    }
}
