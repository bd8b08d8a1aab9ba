package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
    public Optional<byte[]> opening(int choice) {
        return Optional.of(echoes.get(choice))
                .filter(echo -> !echo.isEmpty())
                .map(echo -> delta(choice, echo));
    }

    @Override
    public byte[] delta(int choice, String text) {
        return chunk(choice, text, null);
    }

    @Override
    public byte[] finish(int choice, String finishReason) {
        return chunk(choice, "", finishReason);
    }

    @Override
    public byte[] usage(TokenCounts counts) {
        return whole(List.of(), counts);
    }

    @Override
    public byte[] whole(List<Choice> choices, TokenCounts counts) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, OBJECT);
                    json.writeArrayFieldStart("choices");
                    for (int i = 0; i < choices.size(); i++) {
                        Choice choice = choices.get(i);
                        write(json, i, echoes.get(i) + choice.text(), choice.finishReason());
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
