package dev.nightjar.server.answer;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.connection.ClientConnection;
import dev.nightjar.server.connection.ClientWatch;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.error.ErrorTable;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

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
            SamplingParams sampling = timed.sequences().getFirst().sampling();
            int room = timed.model().maxContext() - choices.promptTokens(0);
            SamplingReport.writeTo(
                    request, response, sampling, Math.min(sampling.maxTokens(), room));
            ChoiceEnds ends = new ChoiceEnds(watch, timed.sequences().size());
            if (timed.isStreamed()) {
                stream(response, choices, ends, timed, shape);
            } else {
                send(response, choices, ends, timed, shape);
            }
        }
    }

    /**
     * Answers a request that asks for no token at all.
     *
     * @throws ContextLengthException if a prompt is longer than the model's context
     */
    public void answerNothing(ServerResponse response, Generation task, AnswerShape shape) {
        List<WholeChoice> choices = task.sequences().stream().map(s -> empty(task, s)).toList();
        List<ChoiceEnd> ends = choices.stream().map(WholeChoice::end).toList();
        TokenCounts counts =
                TokenCounts.of(
                        ends.stream().map(ChoiceEnd::usage).toList(), task.choicesPerPrompt());
        if (!task.isStreamed()) {
            response.header(HeaderValues.CONTENT_TYPE_JSON);
            response.send(shape.whole(choices, counts));
            return;
        }
        try (EventStream events = EventStream.open(response, limits.pingInterval())) {
            for (int i = 0; i < ends.size(); i++) {
                shape.opening(i).forEach(events::send);
                shape.finish(i, ends.get(i)).forEach(events::send);
            }
            shape.closing(ends, counts).forEach(events::send);
        }
    }

    private static WholeChoice empty(Generation task, TextRequest sequence) {
        int numTokens = task.model().promptIds(sequence.prompt()).length;
        if (numTokens > task.model().maxContext()) {
            throw new ContextLengthException(numTokens, task.model().maxContext());
        }
        Usage usage = new Usage(numTokens, 0, 0, 0, 0, 0);
        return new WholeChoice(
                new Completion(
                        "", "", List.of(), List.of(), FinishReason.LENGTH, Optional.empty(), usage),
                new ChoiceEnd(FinishReason.LENGTH, Optional.empty(), 0, usage, Instant.now()));
    }

    /**
     * Waits for a result of the engine as long as the request has time and its client is there.
     *
     * @param work gives up when its thread is interrupted
     * @throws ApiException with status 504 if the time is over
     * @throws CloseConnectionException if the client is gone
     */
    public <T> T await(ServerRequest request, Callable<T> work) {
        return TimedWork.await(request, Deadline.of(request, limits), work);
    }

    /** Submits all sequences; what the engine refuses is named as the client names it. */
    private static Choices start(Generation task) {
        try {
            return Choices.start(task.model(), task.sequences());
        } catch (InvalidRequestException invalid) {
            String param = invalid.parameter();
            String name = task.names().getOrDefault(param, param);
            String message = invalid.getMessage();
            boolean isNamed = message.startsWith(param);
            ApiException named =
                    ApiError.invalidRequest(
                                    isNamed ? name + message.substring(param.length()) : message)
                            .withParam(name)
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
