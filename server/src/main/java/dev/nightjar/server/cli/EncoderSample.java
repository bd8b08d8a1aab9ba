package dev.nightjar.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A first request to an encoder, for what it can do.
 *
 * @param model its name
 * @param task what its head is for
 */
record EncoderSample(String model, EncoderTask task) {

    static EncoderSample of(EncoderModel encoder) {
        return new EncoderSample(encoder.name(), encoder.tasks().iterator().next());
    }

    /** The route it goes to. */
    String path() {
        return switch (task) {
            case EMBED -> "/v1/embeddings";
            case RERANK -> "/v1/rerank";
            case CLASSIFY ->
                    "/models/%s/proxy/v1/classify"
                            .formatted(
                                    URLEncoder.encode(model, StandardCharsets.UTF_8)
                                            .replace("+", "%20"));
        };
    }

    /** Its body, one line of JSON. */
    String body() {
        byte[] body =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("model", model);
                            writeTexts(json);
                            json.writeEndObject();
                        });
        return new String(body, StandardCharsets.UTF_8);
    }

    private void writeTexts(JsonGenerator json) throws IOException {
        switch (task) {
            case EMBED -> json.writeStringField("input", "Hello!");
            case RERANK -> {
                json.writeStringField("query", "Who sings?");
                String[] documents = {"A bird.", "A kettle."};
                json.writeFieldName("documents");
                json.writeArray(documents, 0, documents.length);
            }
            case CLASSIFY -> json.writeStringField("inputs", "This is good!");
        }
    }
}
