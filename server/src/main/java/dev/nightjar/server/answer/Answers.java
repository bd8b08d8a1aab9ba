package dev.nightjar.server.answer;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.cache.CacheLookup;
import dev.nightjar.server.cache.ResponseCache;
import dev.nightjar.server.choice.ChoiceSource;
import dev.nightjar.server.choice.Choices;
import dev.nightjar.server.choice.RecordedChoices;
import dev.nightjar.server.connection.ClientConnection;
import dev.nightjar.server.connection.ClientWatch;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.error.ErrorTable;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.gate.TokenUse;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Generates what a request asks for and answers it, as a whole or as a stream. A client that leaves
 * ends its generation within one step of the engine, whether it was waiting in the queue, in
 * prefill or in the middle of the text.
 */
public final class Answers {

    /** About what a token with its log probability takes in memory. */
    private static final long SCORE_BYTES = 100;

    private final AnswerLimits limits;
    private final ResponseCache cache;

    /** Within these limits, taking results that are known from a cache. */
    public Answers(AnswerLimits limits, ResponseCache cache) {
        this.limits = limits;
        this.cache = cache;
    }

    /** Answers in the shape of a dialect. */
    public void answer(
            ServerRequest request, ServerResponse response, Generation task, AnswerShape shape) {
        Generation timed = task.within(Deadline.of(request, limits));
        CacheLookup lookup = lookUp(request, response, task);
        try (ChoiceSource choices = open(lookup, timed);
                ClientWatch watch = ClientConnection.of(request).watch(choices::abort)) {
            SamplingParams sampling = timed.sequences().getFirst().sampling();
            int room = timed.model().maxContext() - choices.promptTokens(0);
            SamplingReport.writeTo(
                    request, response, sampling, Math.min(sampling.maxTokens(), room));
            ChoiceEnds ends = new ChoiceEnds(watch, timed.sequences().size());
            Reading reading = new Reading(RequestScope.of(request), choices, timed, lookup);
            try {
                if (timed.isStreamed()) {
                    stream(response, reading, ends, timed, shape);
                } else {
                    send(response, reading, ends, timed, shape);
                }
            } finally {
                reading.end();
            }
        }
    }

    /** What may come out otherwise the next time is not looked for. */
    private CacheLookup lookUp(ServerRequest request, ServerResponse response, Generation task) {
        return task.isRepeatable()
                ? cache.lookup(request, response, task.model().loadedAt(), task.asked())
                : cache.bypass(response);
    }

    private static ChoiceSource open(CacheLookup lookup, Generation task) {
        Optional<RecordedChoices> known = lookup.find(RecordedChoices.class);
        return known.isPresent() ? known.get() : start(task);
    }

    /**
     * Answers a request that asks for no token at all.
     *
     * @throws ContextLengthException if a prompt is longer than the model's context
     */
    public void answerNothing(
            ServerRequest request, ServerResponse response, Generation task, AnswerShape shape) {
        List<WholeChoice> choices = task.sequences().stream().map(s -> empty(task, s)).toList();
        List<ChoiceEnd> ends = choices.stream().map(WholeChoice::end).toList();
        TokenCounts counts =
                TokenCounts.of(
                        ends.stream().map(ChoiceEnd::usage).toList(), task.choicesPerPrompt());
        RequestScope.of(request).use(new TokenUse(counts.prompt(), 0, 0));
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

    /**
     * The results of an encoder, from the cache if they are there, else computed as long as the
     * request has time and its client is there.
     *
     * @throws ApiException with status 504 if the time is over
     * @throws CloseConnectionException if the client is gone
     */
    @SuppressWarnings("unchecked") // what was stored under a key was asked for by the same call
    public <T> List<T> encode(ServerRequest request, ServerResponse response, EncoderCall<T> call) {
        CacheLookup lookup = cache.lookup(request, response, call.model().loadedAt(), call.asked());
        List<T> results =
                (List<T>) lookup.find(List.class).orElseGet(() -> await(request, call.work()));
        RequestScope.of(request).use(new TokenUse(call.numTokens(results), 0, 0));
        lookup.store(List.copyOf(results), results.size() * call.resultBytes());
        return results;
    }

    /**
     * How likely the tokens of a prompt are, from the cache if that is known, else computed as long
     * as the request has time and its client is there. Counts no tokens: the answer that they are a
     * part of does.
     *
     * @param top how many alternatives to report with each token
     */
    @SuppressWarnings("unchecked") // what was stored under a key was asked for by the same call
    public List<TokenText> score(
            ServerRequest request, ServerResponse response, TextModel model, int[] ids, int top) {
        CacheLookup lookup =
                cache.lookup(
                        request, response, model.loadedAt(), List.of("score", asList(ids), top));
        List<TokenText> scores =
                (List<TokenText>)
                        lookup.find(List.class)
                                .orElseGet(
                                        () ->
                                                List.copyOf(
                                                        await(
                                                                request,
                                                                () ->
                                                                        model.scorePrompt(
                                                                                ids, top))));
        lookup.store(scores, scores.size() * (1L + top) * SCORE_BYTES);
        return scores;
    }

    private static List<Integer> asList(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
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
            Reading reading,
            ChoiceEnds ends,
            Generation task,
            AnswerShape shape) {
        WholeAnswer answer = new WholeAnswer(ends, task.sequences().size());
        reading.readTo(answer);
        TokenCounts counts = TokenCounts.of(ends.usages(), task.choicesPerPrompt());
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(shape.whole(answer.choices(), counts));
    }

    private void stream(
            ServerResponse response,
            Reading reading,
            ChoiceEnds ends,
            Generation task,
            AnswerShape shape) {
        try (EventStream events = EventStream.open(response, limits.pingInterval())) {
            try {
                reading.readTo(new StreamedAnswer(events, shape, ends, task.sequences().size()));
                TokenCounts counts = TokenCounts.of(ends.usages(), task.choicesPerPrompt());
                shape.closing(ends.all(), counts).forEach(events::send);
            } catch (CloseConnectionException gone) {
                throw gone;
            } catch (RuntimeException failed) {
                // The headers are out: what remains is to say so and not to send [DONE].
                reading.fail();
                events.send(shape.failure(ErrorTable.of(failed)));
            }
        }
    }
}
