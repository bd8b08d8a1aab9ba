package dev.nightjar.engine.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of one model that the engine itself keeps; written by the engine thread. */
public final class EngineCounters {

    private final AtomicLong generatedTokens = new AtomicLong();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Histogram queue = new Histogram(Buckets.REQUEST_SECONDS);
    private final Histogram firstToken = new Histogram(Buckets.REQUEST_SECONDS);
    private final Histogram interToken = new Histogram(Buckets.STEP_SECONDS);
    private final Histogram step = new Histogram(Buckets.STEP_SECONDS);
    private final Histogram stepSequences = new Histogram(Buckets.POWERS_OF_TWO);
    private final Histogram stepTokens = new Histogram(Buckets.POWERS_OF_TWO);

    /** Starts at zero. */
    public EngineCounters() {}

    /** A sequence was accepted. */
    public void countSubmitted() {
        submitted.incrementAndGet();
    }

    /** Sequences accepted and not yet ended; never too few. */
    public long inFlight() {
        long ended = finished.get(); // read first, so that one that ends meanwhile still counts
        return submitted.get() - ended;
    }

    /** A sequence has left the queue. */
    public void countStarted(long queueNanos) {
        queue.record(queueNanos);
    }

    /** A sequence got its first token. */
    public void countFirstToken(long nanosSinceSubmitted) {
        generatedTokens.incrementAndGet();
        firstToken.record(nanosSinceSubmitted);
    }

    /** A sequence got another token. */
    public void countNextToken(long nanosSinceLast) {
        generatedTokens.incrementAndGet();
        interToken.record(nanosSinceLast);
    }

    /** A step was computed and its tokens were handed out. */
    public void countStep(int numSequences, int numTokens, long nanos) {
        step.record(nanos);
        stepSequences.record(numSequences);
        stepTokens.record(numTokens);
    }

    /** A sequence ended by itself. */
    public void countFinished() {
        finished.incrementAndGet();
    }

    /** A sequence was ended by its caller. */
    public void countAborted() {
        finished.incrementAndGet();
        aborted.incrementAndGet();
    }

    /** A sequence was ended by an error. */
    public void countFailed() {
        finished.incrementAndGet();
        failed.incrementAndGet();
    }

    /** Sampled tokens. */
    public long generatedTokens() {
        return generatedTokens.get();
    }

    /** Accepted sequences. */
    public long submitted() {
        return submitted.get();
    }

    /** Ended sequences. */
    public long finished() {
        return finished.get();
    }

    /** Sequences ended by their callers. */
    public long aborted() {
        return aborted.get();
    }

    /** Sequences ended by errors. */
    public long failed() {
        return failed.get();
    }

    /** What sequences and steps took. */
    public Distributions distributions() {
        return new Distributions(
                queue.snapshot(),
                firstToken.snapshot(),
                interToken.snapshot(),
                step.snapshot(),
                stepSequences.snapshot(),
                stepTokens.snapshot());
    }
}
