package dev.nightjar.engine.request;

import java.util.Optional;

/** What a sequence reports while it runs; {@link Finished} is the last event, exactly once. */
public sealed interface TokenEvent {

    /**
     * One generated token.
     *
     * @param id the token
     * @param logprob natural log of its probability before temperature and filters
     */
    record Token(int id, float logprob) implements TokenEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param stopToken the id that ended it, when it was a stop token
     * @param usage counts and times
     * @param error what went wrong, when the reason is {@link FinishReason#ERROR}
     */
    record Finished(
            FinishReason reason, Optional<Integer> stopToken, Usage usage, Optional<String> error)
            implements TokenEvent {}
}
