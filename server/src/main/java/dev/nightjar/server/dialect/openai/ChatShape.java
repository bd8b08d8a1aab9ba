package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.api.ApiError;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;

/**
 * Chat completions. Each chunk carries one choice, as some clients read the first one only; the
 * role comes once per choice and the finish reason in a chunk of its own.
 *
 * @param frame what all chunks share
 */
record ChatShape(Frame frame) implements AnswerShape {

    private static final String ID_PREFIX = "chatcmpl-";
    private static final String CHUNK = "chat.completion.chunk";

    /** Writes the members of a delta. */
    @FunctionalInterface
    private interface Delta {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public List<byte[]> opening(int choice) {
        return List.of(
                chunk(
                        choice,
                        null,
                        json -> {
                            json.writeStringField("role", "assistant");
                            json.writeStringField("content", "");
                        }));
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        return switch (piece) {
            case TextEvent.Delta delta -> List.of(content(choice, delta.text(), null));
            default -> throw new IllegalStateException("not asked for: " + piece);
        };
    }

    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return List.of(content(choice, "", FinishReasons.of(end)));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        return frame.includesUsage() ? List.of(usage(counts), Frame.DONE) : List.of(Frame.DONE);
    }

    @Override
    public byte[] failure(ApiError error) {
        return frame.failure(error);
    }

    @Override
    public byte[] whole(List<WholeChoice> choices, TokenCounts counts) {
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

    private byte[] usage(TokenCounts counts) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, CHUNK);
                    json.writeArrayFieldStart("choices");
                    json.writeEndArray();
                    counts.write(json);
                    json.writeEndObject();
                });
    }

    private byte[] content(int choice, String text, String finishReason) {
        return chunk(choice, finishReason, json -> json.writeStringField("content", text));
    }

    private static void writeChoice(JsonGenerator json, int index, WholeChoice choice)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", choice.completion().text());
        json.writeNullField("refusal");
        json.writeEndObject();
        json.writeNullField("logprobs");
        json.writeStringField("finish_reason", FinishReasons.of(choice.end()));
        json.writeEndObject();
    }

    private byte[] chunk(int choice, String finishReason, Delta delta) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, CHUNK);
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
