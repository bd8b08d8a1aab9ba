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
 * Completions; chunks have the form of the whole answer.
 *
 * @param frame what all chunks share
 * @param echoes what each choice's text begins with
 */
record CompletionShape(Frame frame, List<String> echoes) implements AnswerShape {

    private static final String ID_PREFIX = "cmpl-";
    private static final String OBJECT = "text_completion";

    @Override
    public List<byte[]> opening(int choice) {
        String echo = echoes.get(choice);
        return echo.isEmpty() ? List.of() : List.of(chunk(choice, echo, null));
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        return switch (piece) {
            case TextEvent.Delta delta -> List.of(chunk(choice, delta.text(), null));
            default -> throw new IllegalStateException("not asked for: " + piece);
        };
    }

    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return List.of(chunk(choice, "", FinishReasons.of(end)));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        return frame.includesUsage()
                ? List.of(whole(List.of(), counts), Frame.DONE)
                : List.of(Frame.DONE);
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
                    frame.write(json, ID_PREFIX, OBJECT);
                    json.writeArrayFieldStart("choices");
                    for (int i = 0; i < choices.size(); i++) {
                        WholeChoice choice = choices.get(i);
                        String text = echoes.get(i) + choice.completion().text();
                        write(json, i, text, FinishReasons.of(choice.end()));
                    }
                    json.writeEndArray();
                    counts.write(json);
                    json.writeEndObject();
                });
    }

    private byte[] chunk(int choice, String text, String finishReason) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, OBJECT);
                    json.writeArrayFieldStart("choices");
                    write(json, choice, text, finishReason);
                    json.writeEndArray();
                    frame.writeNoUsage(json);
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, int index, String text, String finishReason)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeNumberField("index", index);
        json.writeNullField("logprobs");
        json.writeStringField("finish_reason", finishReason);
        json.writeEndObject();
    }
}
