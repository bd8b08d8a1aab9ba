package dev.nightjar.engine.request;

import java.util.List;
import java.util.Optional;

/** What a sequence reports while it runs; {@link Finished} is the last event, exactly once. */
public sealed interface TokenEvent {

    /**
     * A token and how likely the model found it.
     *
     * @param id the token
     * @param logprob natural log of its probability before penalties, temperature and filters
     */
    record Candidate(int id, float logprob) {}

    /**
     * One generated token.
     *
     * @param id the token
     * @param logprob natural log of its probability before penalties, temperature and filters
     * @param top the most likely tokens at this place, best first, as many as were asked for
     */
    record Token(int id, float logprob, List<Candidate> top) implements TokenEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param stopToken the id that ended it, when the request named that as a stop token; empty
     *     when the model ended it by its own convention
     * @param usage counts and times
     * @param error what went wrong, when the reason is {@link FinishReason#ERROR}
     */
    record Finished(
            FinishReason reason, Optional<Integer> stopToken, Usage usage, Optional<String> error)
            implements TokenEvent {}
}
