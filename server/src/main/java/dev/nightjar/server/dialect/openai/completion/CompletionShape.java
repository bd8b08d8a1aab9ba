package dev.nightjar.server.dialect.openai.completion;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.dialect.openai.frame.FinishReasons;
import dev.nightjar.server.dialect.openai.frame.Frame;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Completions; chunks have the form of the whole answer. */
final class CompletionShape implements AnswerShape {

    private static final String ID_PREFIX = "cmpl-";
    private static final String OBJECT = "text_completion";

    private final Frame frame;
    private final List<Echo> echoes;
    private final List<CompletionLogprobs> logprobs;
    private final BestChoices best;

    /**
     * A shape.
     *
     * @param frame what all chunks share
     * @param echoes what each choice's text begins with
     * @param logprobs writers of log probabilities, one per choice; none if none were asked for
     * @param best which choices are answered
     */
    CompletionShape(
            Frame frame, List<Echo> echoes, List<CompletionLogprobs> logprobs, BestChoices best) {
        this.frame = frame;
        this.echoes = List.copyOf(echoes);
        this.logprobs = List.copyOf(logprobs);
        this.best = best;
        for (int i = 0; i < this.logprobs.size(); i++) {
            this.logprobs.get(i).beginWith(echoes.get(i));
        }
    }

    @Override
    public List<byte[]> opening(int choice) {
        Echo echo = echoes.get(choice);
        return echo.text().isEmpty()
                ? List.of()
                : List.of(chunk(choice, echo.text(), echo.tokens(), null));
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        TextEvent.Delta delta = AnswerShape.text(piece);
        return List.of(chunk(choice, delta.text(), delta.tokens(), null));
    }

    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return List.of(chunk(choice, "", List.of(), FinishReasons.of(end)));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        return frame.includesUsage()
                ? List.of(whole(List.of(), counts), AnswerShape.done())
                : List.of(AnswerShape.done());
    }

    @Override
    public byte[] failure(ApiError error) {
        return frame.failure(error);
    }

    @Override
    public byte[] whole(List<WholeChoice> choices, TokenCounts counts) {
        List<Integer> answered = best.of(choices);
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, OBJECT);
                    json.writeArrayFieldStart("choices");
                    for (int i = 0; i < answered.size(); i++) {
                        writeWhole(json, i, answered.get(i), choices.get(answered.get(i)));
                    }
                    json.writeEndArray();
                    counts.write(json);
                    json.writeEndObject();
                });
    }

    private void writeWhole(JsonGenerator json, int index, int choice, WholeChoice whole)
            throws IOException {
        Echo echo = echoes.get(choice);
        List<TokenText> tokens =
                Stream.concat(echo.tokens().stream(), whole.completion().tokens().stream())
                        .toList();
        String text = echo.text() + whole.completion().text();
        json.writeStartObject();
        write(json, index, text, writer(choice), tokens, FinishReasons.of(whole.end()));
        if (echo.scores().isPresent()) {
            echo.scores().get().write(json);
        }
        json.writeEndObject();
    }

    private byte[] chunk(int choice, String text, List<TokenText> tokens, String finishReason) {
        Optional<CompletionLogprobs> writer = writer(choice).filter(any -> !tokens.isEmpty());
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    frame.write(json, ID_PREFIX, OBJECT);
                    json.writeArrayFieldStart("choices");
                    json.writeStartObject();
                    write(json, choice, text, writer, tokens, finishReason);
                    json.writeEndObject();
                    json.writeEndArray();
                    frame.writeNoUsage(json);
                    json.writeEndObject();
                });
    }

    private Optional<CompletionLogprobs> writer(int choice) {
        return logprobs.isEmpty() ? Optional.empty() : Optional.of(logprobs.get(choice));
    }

    /** Writes the members that chunks have, too. */
    private static void write(
            JsonGenerator json,
            int index,
            String text,
            Optional<CompletionLogprobs> logprobs,
            List<TokenText> tokens,
            String finishReason)
            throws IOException {
        json.writeStringField("text", text);
        json.writeNumberField("index", index);
        if (logprobs.isPresent()) {
            logprobs.get().write(json, tokens);
        } else {
            json.writeNullField("logprobs");
        }
        json.writeStringField("finish_reason", finishReason);
    }
}
