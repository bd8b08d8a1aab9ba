package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.EngineCounters;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.sample.EndTokens;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.Scheduler;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sequences of one model from the door to their last event. Each ends exactly once, for
 * whatever reason, and gives back its blocks then. All methods but {@link #reserve} belong to the
 * engine thread.
 */
final class LiveSequences {

    private final Scheduler scheduler;
    private final int maxContext;
    private final int maxQueued;
    private final EndTokens ends;
    private final EngineCounters counters = new EngineCounters();
    private final Map<Long, LiveSequence> live = new LinkedHashMap<>();
    private final SplittableRandom seeds = new SplittableRandom();
    private final AtomicInteger numQueued = new AtomicInteger();
    private boolean isClosed;

    LiveSequences(Scheduler scheduler, int maxContext, int maxQueued, EndTokens ends) {
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

    LiveSequence of(ScheduledSequence scheduled) {
        return of(scheduled.sequence());
    }

    LiveSequence of(Sequence sequence) {
        return live.get(sequence.id());
    }

    /**
     * Refuses at the door what cannot run, else reserves a place in the queue; any thread.
     *
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws QueueFullException if as many sequences wait as are allowed
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
        counters.countSubmitted();
    }

    /** Queues a sequence that has a reserved place. */
    void admit(GenerationRequest request, BoundedTokenStream stream, long submittedNanos) {
        LiveSequence one = liveSequence(request, stream, submittedNanos);
        live.put(one.sequence().id(), one);
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
                new Sequence(stream.sequenceId(), prompt, maxTokens, request.cacheSalt());
        long seed = request.sampling().seed().orElseGet(seeds::nextLong);
        SamplingState sampling = new SamplingState(request, seed, ends);
        return new LiveSequence(sequence, request, sampling, stream, submittedNanos);
    }

    /** Ends a sequence that its caller no longer wants; does nothing if it has ended already. */
    void abort(long sequenceId) {
        LiveSequence one = live.get(sequenceId);
        if (one != null) {
            end(one, FinishReason.ABORT);
        }
    }

    /** Ends everything in flight and whatever is still admitted afterwards. */
    void close() {
        isClosed = true;
        List.copyOf(live.keySet()).forEach(this::abort);
    }

    /** Ends sequences whose deadline has passed; returns the nearest deadline to come. */
    long expire(long now) {
        live.values().stream()
                .filter(one -> one.hasDeadline() && one.deadlineNanos() - now <= 0)
                .toList()
                .forEach(one -> end(one, FinishReason.DEADLINE));
        return live.values().stream()
                .mapToLong(LiveSequence::deadlineNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Sequences whose readers lag too far behind are left out of steps until they catch up. */
    void pauseSlowReaders() {
        for (LiveSequence one : live.values()) {
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
        for (ScheduledSequence scheduled : output.scheduled()) {
            LiveSequence one = of(scheduled);
            if (!one.hasStarted()) {
                one.markStarted(now);
                numQueued.decrementAndGet();
            }
        }
    }

    void end(LiveSequence one, FinishReason reason) {
        end(one, reason, Optional.empty(), Optional.empty());
    }

    /** Whether the token ends that sequence. */
    boolean isEnd(LiveSequence one, int token) {
        return ends.end(one.request(), token);
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
        live.remove(one.sequence().id());
        scheduler.finish(one.sequence());
        if (!one.hasStarted()) {
            numQueued.decrementAndGet();
        }
        switch (reason) {
            case ABORT -> counters.countAborted();
            case ERROR -> counters.countFailed();
            default -> counters.countFinished();
        }
        one.publishEnd(reason, stopToken, error);
    }
}
