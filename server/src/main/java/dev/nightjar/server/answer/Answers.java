package dev.nightjar.server.answer;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.api.ApiException;
import dev.nightjar.server.api.ErrorTable;
import dev.nightjar.server.connection.ClientConnection;
import dev.nightjar.server.connection.ClientWatch;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Generates what a request asks for and answers it, as a whole or as a stream. A client that leaves
 * ends its generation within one step of the engine, whether it was waiting in the queue, in
 * prefill or in the middle of the text.
 */
public final class Answers {

    private final AnswerLimits limits;

    /** Within these limits. */
    public Answers(AnswerLimits limits) {
        this.limits = limits;
    }

    /** Answers in the shape of a dialect. */
    public void answer(
            ServerRequest request, ServerResponse response, Generation task, AnswerShape shape) {
        Generation timed = task.within(Deadline.of(request, limits));
        try (Choices choices = start(timed);
                ClientWatch watch = ClientConnection.of(request).watch(choices::abort)) {
            ChoiceEnds ends = new ChoiceEnds(watch, timed.sequences().size());
            if (timed.isStreamed()) {
                stream(response, choices, ends, timed, shape);
            } else {
                send(response, choices, ends, timed, shape);
            }
        }
    }

    /** Submits all sequences; what the engine refuses is named as the client names it. */
    private static Choices start(Generation task) {
        try {
            return Choices.start(task.model(), task.sequences());
        } catch (InvalidRequestException invalid) {
            String param = invalid.parameter();
            ApiException named =
                    ErrorTable.of(invalid)
                            .withParam(task.names().getOrDefault(param, param))
                            .asException();
            named.initCause(invalid);
            throw named;
        }
    }

    private static void send(
            ServerResponse response,
            Choices choices,
            ChoiceEnds ends,
            Generation task,
            AnswerShape shape) {
        WholeAnswer answer = new WholeAnswer(ends, task.sequences().size());
        choices.readTo(answer);
        TokenCounts counts = TokenCounts.of(ends.usages(), task.choicesPerPrompt());
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(shape.whole(answer.choices(), counts));
    }

    private void stream(
            ServerResponse response,
            Choices choices,
            ChoiceEnds ends,
            Generation task,
            AnswerShape shape) {
        try (EventStream events = EventStream.open(response, limits.pingInterval())) {
            try {
                choices.readTo(new StreamedAnswer(events, shape, ends, task.sequences().size()));
                TokenCounts counts = TokenCounts.of(ends.usages(), task.choicesPerPrompt());
                shape.closing(ends.all(), counts).forEach(events::send);
            } catch (CloseConnectionException gone) {
                throw gone;
            } catch (RuntimeException failed) {
                // The headers are out: what remains is to say so and not to send [DONE].
                choices.abort();
                events.send(shape.failure(ErrorTable.of(failed)));
            }
        }
    }
}
