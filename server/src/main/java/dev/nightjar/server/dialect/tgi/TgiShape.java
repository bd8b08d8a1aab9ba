package dev.nightjar.server.dialect.tgi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.tokenizer.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Generated texts. A stream has one event per token, the last of which carries the whole text: so
 * each token waits for the next one, or for the end. A stream has one choice.
 */
final class TgiShape implements AnswerShape {

    private final String inputs;
    private final TgiReport report;
    private final List<TokenText> input;
    private final TgiTokens tokens;
    private final StringBuilder text = new StringBuilder();
    private Optional<TgiTokens.Piece> held = Optional.empty();
    private int numSent;

    /**
     * For one answer.
     *
     * @param input the tokens of the input, if they are to be told
     */
    TgiShape(TgiRequest request, Vocabulary vocabulary, List<TokenText> input) {
        this.inputs = request.inputs();
        this.report = request.report();
        this.tokens = new TgiTokens(vocabulary, report.numTop());
        this.input = List.copyOf(input);
    }

    @Override
    public List<byte[]> opening(int choice) {
        return List.of();
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        TextEvent.Delta delta = AnswerShape.text(piece);
        text.append(delta.text());
        List<byte[]> events = new ArrayList<>();
        for (TgiTokens.Piece next : tokens.pieces(delta)) {
            held.ifPresent(ready -> events.add(event(ready, Optional.empty())));
            held = Optional.of(next);
        }
        return events;
    }

    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return List.of(event(held.orElseGet(tokens::end), Optional.of(end)));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        return List.of();
    }

    @Override
    public byte[] failure(ApiError error) {
        return ErrorShape.TEI.json(TgiErrors.of(error), "");
    }

    @Override
    public byte[] whole(List<WholeChoice> choices, TokenCounts counts) {
        int best =
                IntStream.range(0, choices.size())
                        .boxed()
                        .max(Comparator.comparingDouble(i -> likelihood(choices.get(i))))
                        .orElseThrow();
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField(
                            "generated_text", full(choices.get(best).completion().text()));
                    if (report.hasDetails()) {
                        writeDetails(json, choices, best);
                    }
                    json.writeEndObject();
                });
    }

    private static double likelihood(WholeChoice choice) {
        return choice.completion().tokens().stream().mapToDouble(TokenText::logprob).sum();
    }

    private byte[] event(TgiTokens.Piece piece, Optional<ChoiceEnd> end) {
        numSent++;
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("index", numSent);
                    json.writeFieldName("token");
                    tokens.write(json, piece);
                    if (report.numTop() > 0) {
                        tokens.writeTop(json, piece.token());
                    }
                    json.writeStringField(
                            "generated_text", end.isPresent() ? full(text.toString()) : null);
                    if (end.isPresent() && report.hasDetails()) {
                        json.writeObjectFieldStart("details");
                        writeEnd(json, end.get());
                        json.writeNumberField("input_length", end.get().usage().promptTokens());
                        json.writeEndObject();
                    } else {
                        json.writeNullField("details");
                    }
                    json.writeEndObject();
                });
    }

    private void writeDetails(JsonGenerator json, List<WholeChoice> choices, int best)
            throws IOException {
        json.writeObjectFieldStart("details");
        writeOne(json, choices.get(best));
        if (choices.size() > 1) {
            json.writeArrayFieldStart("best_of_sequences");
            for (int i = 0; i < choices.size(); i++) {
                if (i != best) {
                    json.writeStartObject();
                    json.writeStringField(
                            "generated_text", full(choices.get(i).completion().text()));
                    writeOne(json, choices.get(i));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeOne(JsonGenerator json, WholeChoice choice) throws IOException {
        Completion completion = choice.completion();
        writeEnd(json, choice.end());
        tokens.writeInput(json, input);
        tokens.writeAll(json, completion.tokens());
    }

    private void writeEnd(JsonGenerator json, ChoiceEnd end) throws IOException {
        json.writeStringField("finish_reason", reason(end));
        json.writeNumberField("generated_tokens", end.usage().completionTokens());
        if (report.seed().isPresent()) {
            json.writeNumberField("seed", report.seed().getAsLong());
        } else {
            json.writeNullField("seed");
        }
    }

    private static String reason(ChoiceEnd end) {
        if (end.isCut()) {
            return "length";
        }
        return end.stop().isPresent() ? "stop_sequence" : "eos_token";
    }

    private String full(String generated) {
        return report.isFullText() ? inputs + generated : generated;
    }
}
