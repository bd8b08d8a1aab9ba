package dev.nightjar.server.dialect.bluefly;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Generated texts. The document knows one output per answer and no stream: where several are asked
 * for, {@code outputs} lists all of them, and events name theirs by {@code index}.
 *
 * @param id of the answer
 * @param model as the client named it
 * @param numOutputs how many are generated
 * @param requestId names the request in errors
 */
record GenerateShape(String id, String model, int numOutputs, String requestId)
        implements AnswerShape {

    /** For a new answer. */
    static GenerateShape of(ServerResponse response, String model, int numOutputs) {
        String id = "gen_" + UUID.randomUUID().toString().replace("-", "");
        return new GenerateShape(id, model, numOutputs, RequestId.of(response));
    }

    @Override
    public List<byte[]> opening(int choice) {
        return List.of();
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        return switch (piece) {
            case TextEvent.Delta delta -> List.of(event(choice, delta.text(), json -> {}));
            case TextEvent.Reasoning thought ->
                    List.of(
                            event(
                                    choice,
                                    "",
                                    json -> json.writeStringField("reasoning", thought.text())));
            default -> throw new IllegalStateException("not asked for: " + piece);
        };
    }

    /** A single output's end waits for the counts that it comes with. */
    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return numOutputs == 1
                ? List.of()
                : List.of(
                        event(
                                choice,
                                "",
                                json -> json.writeStringField("finish_reason", reason(end))));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        byte[] last =
                object(
                        json -> {
                            json.writeStringField("output", "");
                            if (numOutputs == 1) {
                                json.writeStringField("finish_reason", reason(ends.getFirst()));
                            }
                            counts.write(json);
                        });
        return List.of(last, AnswerShape.done());
    }

    @Override
    public byte[] failure(ApiError error) {
        return Dialect.BLUEFLY.errors().json(error, requestId);
    }

    @Override
    public byte[] whole(List<WholeChoice> choices, TokenCounts counts) {
        return object(
                json -> {
                    writeOutput(json, choices.getFirst());
                    if (choices.size() > 1) {
                        writeAll(json, choices);
                    }
                    counts.write(json);
                });
    }

    private static void writeAll(JsonGenerator json, List<WholeChoice> choices) throws IOException {
        json.writeArrayFieldStart("outputs");
        for (int i = 0; i < choices.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("index", i);
            writeOutput(json, choices.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeOutput(JsonGenerator json, WholeChoice choice) throws IOException {
        json.writeStringField("output", choice.completion().text());
        if (!choice.completion().reasoning().isEmpty()) {
            json.writeStringField("reasoning", choice.completion().reasoning());
        }
        json.writeStringField("finish_reason", reason(choice.end()));
    }

    private byte[] event(int choice, String output, JsonText.Content more) {
        return object(
                json -> {
                    if (numOutputs > 1) {
                        json.writeNumberField("index", choice);
                    }
                    json.writeStringField("output", output);
                    more.write(json);
                });
    }

    private byte[] object(JsonText.Content members) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("id", id);
                    json.writeStringField("model", model);
                    members.write(json);
                    json.writeEndObject();
                });
    }

    private static String reason(ChoiceEnd end) {
        return end.isCut() ? "length" : "stop";
    }
}
