package dev.nightjar.server.dialect.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.dialect.openai.frame.FinishReasons;
import dev.nightjar.server.dialect.openai.frame.Frame;
import dev.nightjar.server.dialect.openai.frame.PromptScores;
import dev.nightjar.server.dialect.openai.frame.TokenJson;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Chat completions. Each chunk carries one choice, as some clients read the first one only; the
 * role comes once per choice and the finish reason in a chunk of its own.
 */
final class ChatShape implements AnswerShape {

    private static final String ID_PREFIX = "chatcmpl-";
    private static final String CHUNK = "chat.completion.chunk";

    private final Frame frame;
    private final CallJson calls;
    private final boolean hasLogprobs;
    private final Optional<PromptScores> scores;

    /**
     * A shape.
     *
     * @param frame what all chunks share
     * @param calls how tool calls are written
     * @param hasLogprobs whether log probabilities were asked for
     * @param scores those of the prompt, if they were asked for
     */
    ChatShape(Frame frame, CallJson calls, boolean hasLogprobs, Optional<PromptScores> scores) {
        this.frame = frame;
        this.calls = calls;
        this.hasLogprobs = hasLogprobs;
        this.scores = scores;
    }

    @Override
    public List<byte[]> opening(int choice) {
        return List.of(
                chunk(
                        choice,
                        json -> {
                            json.writeStringField("role", "assistant");
                            json.writeStringField("content", "");
                        }));
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        return List.of(
                switch (piece) {
                    case TextEvent.Delta delta ->
                            chunk(
                                    choice,
                                    null,
                                    delta.tokens(),
                                    json -> json.writeStringField("content", delta.text()));
                    case TextEvent.Reasoning thought ->
                            chunk(
                                    choice,
                                    json ->
                                            json.writeStringField(
                                                    "reasoning_content", thought.text()));
                    case TextEvent.ToolCall call ->
                            chunk(choice, json -> calls.writeBegin(json, call));
                    case TextEvent.ToolArguments more ->
                            chunk(choice, json -> calls.writeArguments(json, more));
                    case TextEvent.Finished end ->
                            throw new IllegalArgumentException("the end is no piece: " + end);
                });
    }

    /** Some clients read the content of every chunk; after tool calls none look for it. */
    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        String reason = FinishReasons.of(end, calls.finishReason());
        boolean hasCalls = end.numToolCalls() > 0;
        return List.of(
                chunk(
                        choice,
                        reason,
                        List.of(),
                        json -> {
                            if (!hasCalls) {
                                json.writeStringField("content", "");
                            }
                        }));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        return frame.includesUsage()
                ? List.of(usage(counts), AnswerShape.done())
                : List.of(AnswerShape.done());
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
                    if (scores.isPresent()) {
                        scores.get().write(json);
                    }
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

    private void writeChoice(JsonGenerator json, int index, WholeChoice choice) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        writeMessage(json, choice.completion());
        TokenJson.write(json, choice.completion().tokens(), hasLogprobs);
        json.writeStringField(
                "finish_reason", FinishReasons.of(choice.end(), calls.finishReason()));
        json.writeEndObject();
    }

    private void writeMessage(JsonGenerator json, Completion completion) throws IOException {
        boolean hasCalls = !completion.toolCalls().isEmpty();
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        if (!completion.reasoning().isEmpty()) {
            json.writeStringField("reasoning_content", completion.reasoning());
        }
        boolean isSilent = hasCalls && completion.text().isEmpty();
        json.writeStringField("content", isSilent ? null : completion.text());
        json.writeNullField("refusal");
        if (hasCalls) {
            calls.write(json, completion.toolCalls());
        }
        json.writeEndObject();
    }

    private byte[] chunk(int choice, JsonText.Content delta) {
        return chunk(choice, null, List.of(), delta);
    }

    private byte[] chunk(
            int choice, String finishReason, List<TokenText> tokens, JsonText.Content delta) {
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
                    TokenJson.write(json, tokens, hasLogprobs && !tokens.isEmpty());
                    json.writeStringField("finish_reason", finishReason);
                    json.writeEndObject();
                    json.writeEndArray();
                    frame.writeNoUsage(json);
                    json.writeEndObject();
                });
    }
}
