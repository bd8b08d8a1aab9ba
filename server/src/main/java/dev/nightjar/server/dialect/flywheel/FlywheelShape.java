package dev.nightjar.server.dialect.flywheel;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.answer.AnswerShape;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.api.Arrival;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Generated texts. The document knows no stream; here its events are pieces of {@code responses}
 * with their {@code index}, and the last one is the answer without them.
 *
 * @param created when the request had arrived
 * @param prompt the text that is continued
 * @param numSamples how many times
 * @param requestId names the request in errors
 */
record FlywheelShape(Instant created, String prompt, int numSamples, String requestId)
        implements AnswerShape {

    /** A whole answer. */
    static final FieldSchema SCHEMA =
            FieldSchema.of(
                    """
                    {"type":"object","required":["created","finished","num_samples","prompt",\
                    "prompt_tokens","responses"],"properties":{"created":{"type":"number"},\
                    "finished":{"type":"number"},"num_samples":{"type":"integer"},\
                    "prompt":{"type":"string"},"prompt_tokens":{"type":"integer"},\
                    "responses":{"type":"array","items":{"type":"object","required":\
                    ["finish_reason","finished","generated_tokens","text"],"properties":\
                    {"finish_reason":{"type":"string","enum":["eos","stop","length"]},\
                    "finished":{"type":"number"},"generated_tokens":{"type":"integer"},\
                    "text":{"type":"string"}}}}}}""");

    private static final int MICRO_DIGITS = 6;

    /** For a new answer. */
    static FlywheelShape of(ServerRequest request, ServerResponse response, FlywheelRequest task) {
        return new FlywheelShape(
                Arrival.of(request).instant(),
                task.text(),
                task.sequences().numChoices(),
                RequestId.of(response));
    }

    @Override
    public List<byte[]> opening(int choice) {
        return List.of();
    }

    @Override
    public List<byte[]> piece(int choice, TextEvent piece) {
        TextEvent.Delta delta = AnswerShape.text(piece);
        return List.of(event(choice, json -> json.writeStringField("text", delta.text())));
    }

    @Override
    public List<byte[]> finish(int choice, ChoiceEnd end) {
        return List.of(event(choice, json -> writeEnd(json, end, "")));
    }

    @Override
    public List<byte[]> closing(List<ChoiceEnd> ends, TokenCounts counts) {
        byte[] last =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            writeFrame(json, counts);
                            json.writeEndObject();
                        });
        return List.of(last, AnswerShape.done());
    }

    @Override
    public byte[] failure(ApiError error) {
        return Dialect.FLYWHEEL.errors().json(error, requestId);
    }

    @Override
    public byte[] whole(List<WholeChoice> choices, TokenCounts counts) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    writeFrame(json, counts);
                    json.writeArrayFieldStart("responses");
                    for (WholeChoice choice : choices) {
                        json.writeStartObject();
                        writeEnd(json, choice.end(), choice.completion().text());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private byte[] event(int choice, JsonText.Content members) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("index", choice);
                    members.write(json);
                    json.writeEndObject();
                });
    }

    private void writeFrame(JsonGenerator json, TokenCounts counts) throws IOException {
        writeTime(json, "created", created);
        writeTime(json, "finished", Instant.now());
        json.writeNumberField("num_samples", numSamples);
        json.writeStringField("prompt", prompt);
        json.writeNumberField("prompt_tokens", counts.prompt());
    }

    private static void writeEnd(JsonGenerator json, ChoiceEnd end, String text)
            throws IOException {
        json.writeStringField("finish_reason", reason(end));
        writeTime(json, "finished", end.at());
        json.writeNumberField("generated_tokens", end.usage().completionTokens());
        json.writeStringField("text", text);
    }

    private static String reason(ChoiceEnd end) {
        if (end.isCut()) {
            return "length";
        }
        return end.stop().isPresent() ? "stop" : "eos";
    }

    /** Seconds with a fraction, always: clients read a float. */
    private static void writeTime(JsonGenerator json, String name, Instant time)
            throws IOException {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        json.writeNumberField(name, BigDecimal.valueOf(micros, MICRO_DIGITS));
    }
}
