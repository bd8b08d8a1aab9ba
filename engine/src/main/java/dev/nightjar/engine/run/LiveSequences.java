package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.EngineCounters;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.sample.EndTokens;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.Scheduler;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sequences of one model from the door to their last event. Each ends exactly once, for
 * whatever reason, and gives back its blocks then. All methods belong to the engine thread unless
 * they say otherwise.
 */
final class LiveSequences {

    private static final long NOBODY_WAITS = Long.MIN_VALUE;

    private final String model;
    private final Scheduler scheduler;
    private final int maxContext;
    private final int maxQueued;
    private final EndTokens ends;
    private final EngineCounters counters = new EngineCounters();
    private final Map<Long, LiveSequence> byId = new HashMap<>();
    private final Map<Sequence, LiveSequence> bySequence = new HashMap<>();

    /** All of them in order of admission, for walking without an iterator. */
    private final List<LiveSequence> live = new ArrayList<>();

    private final SplittableRandom seeds = new SplittableRandom();
    private final AtomicInteger numQueued = new AtomicInteger();
    private volatile long queuedSince = NOBODY_WAITS;
    private volatile boolean isRefusing;
    private boolean isClosed;

    LiveSequences(
            String model, Scheduler scheduler, int maxContext, int maxQueued, EndTokens ends) {
        this.model = model;
        this.ends = ends;
        this.scheduler = scheduler;
        this.maxContext = maxContext;
        this.maxQueued = maxQueued;
    }

    EngineCounters counters() {
        return counters;
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    /** Null if it has ended. */
    LiveSequence of(ScheduledSequence scheduled) {
        return of(scheduled.sequence());
    }

    LiveSequence of(Sequence sequence) {
        return bySequence.get(sequence);
    }

    /**
     * Refuses at the door what cannot run, else reserves a place in the queue; any thread.
     *
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws QueueFullException if as many sequences wait as are allowed
     * @throws ModelUnloadedException if no more work is taken
     */
    void reserve(GenerationRequest request) {
        int promptTokens = request.numPromptTokens();
        if (promptTokens >= maxContext) {
            throw new ContextLengthException(promptTokens, maxContext);
        }
        if (numQueued.incrementAndGet() > maxQueued) {
            numQueued.decrementAndGet();
            throw new QueueFullException(maxQueued);
        }
        // Asked after counting: whoever waits for an idle model sees this sequence or is seen here.
        if (isRefusing) {
            numQueued.decrementAndGet();
            throw new ModelUnloadedException(model);
        }
        counters.countSubmitted();
    }

    /** Takes no more work; any thread. */
    void refuseWork() {
        isRefusing = true;
    }

    /** Whether a sequence waits or runs; any thread. */
    boolean isBusy() {
        return numQueued.get() > 0 || counters.inFlight() > 0;
    }

    /** Queues a sequence that has a reserved place. */
    void admit(GenerationRequest request, BoundedTokenStream stream, long submittedNanos) {
        LiveSequence one = liveSequence(request, stream, submittedNanos);
        live.add(one);
        byId.put(one.sequence().id(), one);
        bySequence.put(one.sequence(), one);
        if (isClosed) {
            end(one, FinishReason.ABORT);
            return;
        }
        try {
            scheduler.add(one.sequence());
        } catch (QueueFullException full) {
            fail(one, full.getMessage());
        }
    }

    private LiveSequence liveSequence(
            GenerationRequest request, BoundedTokenStream stream, long submittedNanos) {
        int[] prompt = request.promptIds();
        long limit = (long) prompt.length + request.sampling().maxTokens();
        int maxTokens = (int) Math.min(limit, maxContext);
        Sequence sequence =
                new Sequence(
                        stream.sequenceId(),
                        prompt,
                        maxTokens,
                        request.cacheSalt(),
                        request.priority());
        long seed = request.sampling().seed().orElseGet(seeds::nextLong);
        SamplingState sampling = new SamplingState(request, seed, ends);
        return new LiveSequence(
                sequence, request, sampling, stream, ends.of(request), submittedNanos);
    }

    /** Ends a sequence that its caller no longer wants; does nothing if it has ended already. */
    void abort(long sequenceId) {
        LiveSequence one = byId.get(sequenceId);
        if (one != null) {
            end(one, FinishReason.ABORT);
        }
    }

    /** Ends everything in flight and whatever is still admitted afterwards. */
    void close() {
        isClosed = true;
        List.copyOf(live).forEach(one -> end(one, FinishReason.ABORT));
    }

    /** How long the sequence has waited that waits longest for its first step; any thread. */
    Duration queueTime() {
        long since = queuedSince;
        return since == NOBODY_WAITS
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    /** Ends sequences whose deadline has passed; returns the nearest deadline to come. */
    long expire(long now) {
        long nearest = Long.MAX_VALUE;
        long longest = NOBODY_WAITS;
        for (int i = live.size() - 1; i >= 0; i--) {
            LiveSequence one = live.get(i);
            if (!one.hasStarted()) {
                longest = one.submittedNanos(); // in order of admission: the last one seen is first
            }
            if (one.hasDeadline() && one.deadlineNanos() - now <= 0) {
                end(one, FinishReason.DEADLINE);
            } else {
                nearest = Math.min(nearest, one.deadlineNanos());
            }
        }
        queuedSince = longest;
        return nearest;
    }

    /** Sequences whose readers lag too far behind are left out of steps until they catch up. */
    void pauseSlowReaders() {
        for (int i = 0; i < live.size(); i++) {
            LiveSequence one = live.get(i);
            if (one.stream().hasRoom()) {
                one.sequence().resume();
            } else {
                one.sequence().pause();
            }
        }
    }

    /** Notes which sequences left the queue with this step. */
    void markStarted(SchedulerOutput output) {
        long now = System.nanoTime();
        List<ScheduledSequence> shares = output.scheduled();
        for (int i = 0; i < shares.size(); i++) {
            LiveSequence one = of(shares.get(i));
            if (!one.hasStarted()) {
                one.markStarted(now);
                counters.countStarted(now - one.submittedNanos());
                numQueued.decrementAndGet();
            }
        }
    }

    void end(LiveSequence one, FinishReason reason) {
        end(one, reason, Optional.empty(), Optional.empty());
    }

    /** Ends a sequence at a token that is not part of its text. */
    void stop(LiveSequence one, int token) {
        Optional<Integer> named =
                Optional.of(token).filter(one.request().sampling().stopTokens()::contains);
        end(one, FinishReason.STOP, named, Optional.empty());
    }

    void fail(LiveSequence one, String error) {
        end(one, FinishReason.ERROR, Optional.empty(), Optional.of(error));
    }

    private void end(
            LiveSequence one,
            FinishReason reason,
            Optional<Integer> stopToken,
            Optional<String> error) {
        if (bySequence.remove(one.sequence()) == null) {
            return; // ended before
        }
        byId.remove(one.sequence().id());
        live.remove(one);
        try {
            scheduler.finish(one.sequence());
        } finally {
            count(one, reason);
            one.publishEnd(reason, stopToken, error);
        }
    }

    private void count(LiveSequence one, FinishReason reason) {
        if (!one.hasStarted()) {
            numQueued.decrementAndGet();
        }
        switch (reason) {
            case ABORT -> counters.countAborted();
            case ERROR -> counters.countFailed();
            default -> counters.countFinished();
        }
    }
}
