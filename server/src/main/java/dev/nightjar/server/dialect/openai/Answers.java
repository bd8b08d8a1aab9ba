package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.api.Choices;
import dev.nightjar.server.api.ErrorTable;
import dev.nightjar.server.api.EventStream;
import dev.nightjar.server.connection.ClientConnection;
import dev.nightjar.server.connection.ClientWatch;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Generates what a request asks for and answers it, as a whole or as a stream. A client that leaves
 * ends its generation within one step of the engine, whether it was waiting in the queue, in
 * prefill or in the middle of the text.
 */
final class Answers {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final AnswerLimits limits;
    private final String fingerprint;

    Answers(AnswerLimits limits, String fingerprint) {
        this.limits = limits;
        this.fingerprint = fingerprint;
    }

    /** What is to be generated, and how it is answered. */
    record Task(TextModel model, List<TextRequest> sequences, GenerationParams params) {}

    void answer(
            ServerRequest request,
            ServerResponse response,
            Task task,
            Function<Frame, AnswerShape> shapes) {
        boolean includesUsage = task.params.includesUsage();
        AnswerShape shape = shapes.apply(Frame.of(task.model.name(), fingerprint, includesUsage));
        try (Choices choices = Choices.start(task.model, withTimeout(task.sequences));
                ClientWatch watch = ClientConnection.of(request).watch(choices::abort)) {
            if (task.params.isStreamed()) {
                stream(response, choices, watch, task, shape);
            } else {
                send(response, choices, watch, task, shape);
            }
        }
    }

    private static void send(
            ServerResponse response,
            Choices choices,
            ClientWatch watch,
            Task task,
            AnswerShape shape) {
        WholeAnswer answer = new WholeAnswer(watch, task.sequences.size());
        choices.readTo(answer);
        TokenCounts counts = TokenCounts.of(answer.usages(), task.params.numChoices());
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(shape.whole(answer.choices(), counts));
    }

    private void stream(
            ServerResponse response,
            Choices choices,
            ClientWatch watch,
            Task task,
            AnswerShape shape) {
        try (EventStream events = EventStream.open(response, limits.pingInterval())) {
            try {
                StreamedAnswer answer =
                        new StreamedAnswer(events, shape, watch, task.sequences.size());
                choices.readTo(answer);
                if (task.params.includesUsage()) {
                    events.send(answer.usage(task.params.numChoices()));
                }
                events.send(DONE);
            } catch (CloseConnectionException gone) {
                throw gone;
            } catch (RuntimeException failed) {
                // The headers are out: what remains is to say so and not to send [DONE].
                choices.abort();
                events.send(OpenAiErrors.json(ErrorTable.of(failed)));
            }
        }
    }

    private List<TextRequest> withTimeout(List<TextRequest> sequences) {
        return limits.timeout()
                .map(limit -> sequences.stream().map(one -> one.withTimeout(limit)).toList())
                .orElse(sequences);
    }
}
