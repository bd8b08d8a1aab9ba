package dev.nightjar.engine.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of one model that the engine itself keeps; written by the engine thread. */
public final class EngineCounters {

    private final AtomicLong generatedTokens = new AtomicLong();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** Starts at zero. */
    public EngineCounters() {}

    /** A sequence was accepted. */
    public void countSubmitted() {
        submitted.incrementAndGet();
    }

    /** A token was sampled. */
    public void countToken() {
        generatedTokens.incrementAndGet();
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
}
