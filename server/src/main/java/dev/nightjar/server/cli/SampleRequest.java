package dev.nightjar.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A first request to a model, for what it can do: a conversation if it has a chat template, else a
 * completion.
 *
 * @param model its name
 * @param isChat whether it has a template
 */
record SampleRequest(String model, boolean isChat) {

    private static final int MAX_TOKENS = 100;

    /** How the answer is wanted. */
    enum Answer {
        STREAMED,
        WHOLE
    }

    static SampleRequest of(TextModel model) {
        return new SampleRequest(model.name(), model.canChat());
    }

    /** The route it goes to. */
    String path() {
        return isChat ? "/v1/chat/completions" : "/v1/completions";
    }

    /** Its body, one line of JSON. */
    String body(Answer answer) {
        byte[] body =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("model", model);
                            writePrompt(json);
                            if (answer == Answer.STREAMED) {
                                json.writeBooleanField("stream", true);
                            }
                            json.writeEndObject();
                        });
        return new String(body, StandardCharsets.UTF_8);
    }

    private void writePrompt(JsonGenerator json) throws IOException {
        if (!isChat) {
            json.writeStringField("prompt", "Once upon a time");
            json.writeNumberField("max_tokens", MAX_TOKENS);
            return;
        }
        json.writeArrayFieldStart("messages");
        json.writeStartObject();
        json.writeStringField("role", "user");
        json.writeStringField("content", "Tell me a short story.");
        json.writeEndObject();
        json.writeEndArray();
    }
}
