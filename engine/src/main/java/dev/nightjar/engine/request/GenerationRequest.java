package dev.nightjar.engine.request;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One sequence to generate.
 *
 * @param promptIds the prompt, at least one id
 * @param sampling how tokens are chosen
 * @param choice index among the choices of one client request; choice i with seed s draws what a
 *     single-choice request with seed s + i draws
 * @param timeout ends the sequence with {@link FinishReason#DEADLINE}, counted from submission
 * @param cacheSalt sequences share cached prefixes only within equal salts
 * @param numTopLogprobs how many of the likeliest tokens are reported beside each generated one
 * @param constraint restricts the tokens; fresh, and used by this sequence alone
 * @param priority its class in the queue of the model
 */
public record GenerationRequest(
        int[] promptIds,
        SamplingParams sampling,
        int choice,
        Optional<Duration> timeout,
        String cacheSalt,
        int numTopLogprobs,
        Optional<TokenConstraint> constraint,
        Priority priority) {

    /** Most alternatives reported beside a token. */
    public static final int MAX_TOP_LOGPROBS = 20;

    /** Far beyond any use, and safe to count in nanoseconds. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(3650);

    /** In the class that everybody has. */
    public GenerationRequest(
            int[] promptIds,
            SamplingParams sampling,
            int choice,
            Optional<Duration> timeout,
            String cacheSalt,
            int numTopLogprobs,
            Optional<TokenConstraint> constraint) {
        this(
                promptIds,
                sampling,
                choice,
                timeout,
                cacheSalt,
                numTopLogprobs,
                constraint,
                Priority.STANDARD);
    }

    /** Copies the prompt and checks everything, so that nothing can fail on the engine thread. */
    public GenerationRequest {
        promptIds = promptIds.clone();
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(cacheSalt, "cacheSalt");
        Objects.requireNonNull(priority, "priority");
        timeout.ifPresent(GenerationRequest::checkTimeout);
        if (promptIds.length == 0) {
            throw new InvalidRequestException("prompt", "the prompt must hold at least one token");
        }
        if (choice < 0) {
            throw new InvalidRequestException("n", "the choice index must be >= 0");
        }
        checkTopLogprobs(numTopLogprobs);
    }

    /**
     * Checks how many alternatives are asked for beside a token.
     *
     * @throws InvalidRequestException unless from 0 to {@link #MAX_TOP_LOGPROBS}
     */
    public static void checkTopLogprobs(int value) {
        Ranges.check(
                value >= 0 && value <= MAX_TOP_LOGPROBS,
                "top_logprobs",
                "from 0 to %d".formatted(MAX_TOP_LOGPROBS),
                value);
    }

    private static void checkTimeout(Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidRequestException(
                    "timeout",
                    "the timeout must be above zero and at most %d days, found %s"
                            .formatted(LONGEST_TIMEOUT.toDays(), timeout));
        }
    }

    /** A single choice without deadline in the common cache. */
    public static GenerationRequest of(int[] promptIds, SamplingParams sampling) {
        return new GenerationRequest(
                promptIds, sampling, 0, Optional.empty(), "", 0, Optional.empty());
    }

    /** With other sampling. */
    public GenerationRequest withSampling(SamplingParams value) {
        return new GenerationRequest(
                promptIds, value, choice, timeout, cacheSalt, numTopLogprobs, constraint, priority);
    }

    /** Reporting so many alternatives beside each token. */
    public GenerationRequest withTopLogprobs(int value) {
        return new GenerationRequest(
                promptIds, sampling, choice, timeout, cacheSalt, value, constraint, priority);
    }

    /** Held to a constraint, which must be fresh. */
    public GenerationRequest withConstraint(TokenConstraint value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                choice,
                timeout,
                cacheSalt,
                numTopLogprobs,
                Optional.of(value),
                priority);
    }

    /** A copy of the prompt. */
    @Override
    public int[] promptIds() {
        return promptIds.clone();
    }

    /** Length of the prompt. */
    public int numPromptTokens() {
        return promptIds.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GenerationRequest request
                && Arrays.equals(promptIds, request.promptIds)
                && sampling.equals(request.sampling)
                && choice == request.choice
                && timeout.equals(request.timeout)
                && cacheSalt.equals(request.cacheSalt)
                && numTopLogprobs == request.numTopLogprobs
                && constraint.equals(request.constraint)
                && priority == request.priority;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(promptIds) * 31 + sampling.hashCode() + choice;
    }

    @Override
    public String toString() {
        return "GenerationRequest[%d prompt ids, %s, choice %d]"
                .formatted(promptIds.length, sampling, choice);
    }
}
