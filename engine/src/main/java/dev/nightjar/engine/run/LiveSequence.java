package dev.nightjar.engine.run;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.Sequence;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;
import java.util.Optional;

/** One sequence in flight: what the scheduler, the sampler and the reader each know of it. */
final class LiveSequence {

    private final Sequence sequence;
    private final GenerationRequest request;
    private final SamplingState sampling;
    private final BoundedTokenStream stream;
    private final int[] endTokens;
    private final long submittedNanos;
    private final long deadlineNanos;
    private long firstStepNanos;
    private long firstTokenNanos;
    private long lastTokenNanos;
    private int numGenerated;

    LiveSequence(
            Sequence sequence,
            GenerationRequest request,
            SamplingState sampling,
            BoundedTokenStream stream,
            int[] endTokens,
            long submittedNanos) {
        this.sequence = sequence;
        this.request = request;
        this.sampling = sampling;
        this.stream = stream;
        this.endTokens = endTokens;
        this.submittedNanos = submittedNanos;
        this.deadlineNanos =
                request.timeout()
                        .map(timeout -> submittedNanos + timeout.toNanos())
                        .orElse(Long.MAX_VALUE);
    }

    Sequence sequence() {
        return sequence;
    }

    GenerationRequest request() {
        return request;
    }

    SamplingState sampling() {
        return sampling;
    }

    BoundedTokenStream stream() {
        return stream;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean hasDeadline() {
        return deadlineNanos != Long.MAX_VALUE;
    }

    boolean hasStarted() {
        return firstStepNanos != 0;
    }

    void markStarted(long now) {
        if (firstStepNanos == 0) {
            firstStepNanos = now;
        }
    }

    long submittedNanos() {
        return submittedNanos;
    }

    boolean hasToken() {
        return numGenerated > 0;
    }

    /** When the newest token came, if there is one. */
    long lastTokenNanos() {
        return lastTokenNanos;
    }

    /** Takes a sampled token into the sequence. */
    void accept(int token, long now) {
        sequence.append(token);
        sampling.advance(token);
        numGenerated++;
        lastTokenNanos = now;
        if (numGenerated == 1) {
            firstTokenNanos = now;
        }
    }

    /** Whether the token ends this sequence. */
    boolean isEnd(int token) {
        return Arrays.binarySearch(endTokens, token) >= 0;
    }

    void publishToken(SamplingBatch sampled, int row) {
        stream.publish(sampled, row);
    }

    void publishEnd(FinishReason reason, Optional<Integer> stopToken, Optional<String> error) {
        stream.publishEnd(new TokenEvent.Finished(reason, stopToken, usage(), error));
    }

    private Usage usage() {
        long started = hasStarted() ? firstStepNanos : System.nanoTime();
        return new Usage(
                sequence.numPromptTokens(),
                sequence.numCachedTokens(),
                numGenerated,
                started - submittedNanos,
                numGenerated > 0 ? firstTokenNanos - started : 0,
                numGenerated > 0 ? lastTokenNanos - firstTokenNanos : 0);
    }
}
