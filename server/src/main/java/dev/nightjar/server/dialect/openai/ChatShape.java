package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Chat completions. Each chunk carries one choice, as some clients read the first one only; the
 * role comes once per choice and the finish reason in a chunk of its own.
 *
 * @param frame what all chunks share
 */
record ChatShape(Frame frame) implements AnswerShape {

    private static final String ID_PREFIX = "chatcmpl-";

    /** Writes the members of a delta. */
    @FunctionalInterface
    private interface Delta {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public Optional<byte[]> opening(int choice) {
        return Optional.of(
                chunk(
                        choice,
                        null,
                        json -> {
                            json.writeStringField("role", "assistant");
                            json.writeStringField("content", "");
                        }));
    }

    @Override
    public byte[] delta(int choice, String text) {
        return chunk(choice, null, json -> json.writeStringField("content", text));
    }

    @Override
    public byte[] finish(int choice, String finishReason) {
        return chunk(choice, finishReason, json -> json.writeStringField("content", ""));
    }

    @Override
    public byte[] usage(TokenCounts counts) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, "chat.completion.chunk");
                    json.writeArrayFieldStart("choices");
                    json.writeEndArray();
                    counts.write(json);
                    json.writeEndObject();
                });
    }

    @Override
    public byte[] whole(List<Choice> choices, TokenCounts counts) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, "chat.completion");
                    json.writeArrayFieldStart("choices");
                    for (int i = 0; i < choices.size(); i++) {
                        writeChoice(json, i, choices.get(i));
                    }
                    json.writeEndArray();
                    counts.write(json);
                    json.writeEndObject();
                });
    }

    private static void writeChoice(JsonGenerator json, int index, Choice choice)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", choice.text());
        json.writeNullField("refusal");
        json.writeEndObject();
        json.writeNullField("logprobs");
        json.writeStringField("finish_reason", choice.finishReason());
        json.writeEndObject();
    }

    private byte[] chunk(int choice, String finishReason, Delta delta) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, "chat.completion.chunk");
                    json.writeArrayFieldStart("choices");
                    json.writeStartObject();
                    json.writeNumberField("index", choice);
                    json.writeObjectFieldStart("delta");
                    delta.write(json);
                    json.writeEndObject();
                    json.writeNullField("logprobs");
                    json.writeStringField("finish_reason", finishReason);
                    json.writeEndObject();
                    json.writeEndArray();
                    frame.writeNoUsage(json);
                    json.writeEndObject();
                });
    }
}
