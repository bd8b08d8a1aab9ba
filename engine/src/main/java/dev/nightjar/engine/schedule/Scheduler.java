package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.request.QueueFullException;
import java.util.List;

/**
 * Composes steps. The engine thread calls, in turn:
 *
 * <pre>
 *   output = schedule()      who computes which tokens, after which copies
 *   ...                      copy, forward, sample
 *   update(output)           those tokens are computed now; or cancel(output) when they are not
 *   sequence.append(id)      for every share that produces a token; or finish(sequence)
 * </pre>
 *
 * {@link #add} and {@link #finish} may come at any time. Equal calls give equal outputs. Only
 * {@link #stats} may be called from other threads.
 */
public final class Scheduler {

    private final SchedulerConfig config;
    private final KvCacheManager cache;
    private final SchedulingPolicy policy;
    private final SequenceQueues queues;
    private final StepComposer composer;
    private final SchedulerCounters counters = new SchedulerCounters();
    private SchedulerOutput inFlight; // null between steps
    private long nextArrival;

    /** Takes over a cache that holds no sequence. */
    public Scheduler(SchedulerConfig config, KvCacheManager cache, SchedulingPolicy policy) {
        this.config = config;
        this.cache = cache;
        this.policy = policy;
        queues = new SequenceQueues(policy);
        composer = new StepComposer(config, cache, queues);
        publish();
    }

    /**
     * Queues a new sequence.
     *
     * @throws QueueFullException when as many as allowed wait for their first admission
     * @throws SequenceTooLongException when the whole cache could not hold it
     */
    public void add(Sequence sequence) {
        if (sequence.arrival() >= 0 || sequence.state() != Sequence.State.WAITING) {
            throw new IllegalArgumentException(sequence + " was added or finished before");
        }
        if (cache.blocksFor(sequence.maxTokens()) > cache.numBlocks()) {
            throw new SequenceTooLongException(
                    sequence.maxTokens(), (long) cache.numBlocks() * cache.blockSize());
        }
        if (queues.numQueued() >= config.maxQueued()) {
            throw new QueueFullException(config.maxQueued());
        }
        sequence.arriveAt(nextArrival++);
        policy.arrive(sequence);
        queues.add(sequence);
        publish();
    }

    /**
     * Composes the next step: the running streams' tokens, then prompt chunks of running sequences,
     * then of newly admitted ones. Blocks are allocated, sequences may be preempted. The output is
     * valid until the next call.
     *
     * @throws IllegalStateException when the step before was neither updated nor cancelled
     */
    public SchedulerOutput schedule() {
        if (inFlight != null) {
            throw new IllegalStateException(
                    "a step is in flight; call update or cancel with its output first");
        }
        SchedulerOutput output = composer.compose();
        counters.countPreemptions(output.preempted().size());
        inFlight = output.isEmpty() ? null : output;
        publish();
        return output;
    }

    /**
     * Marks the step's tokens computed, so that their blocks can be shared, and ends the protection
     * of its copies' sources. Sequences finished in the meantime are left alone.
     */
    public void update(SchedulerOutput output) {
        land(output);
        for (int i = 0; i < output.scheduled().size(); i++) {
            update(output.scheduled().get(i));
        }
        if (!output.isEmpty()) {
            counters.countStep(output);
        }
        publish();
    }

    private void update(ScheduledSequence share) {
        Sequence sequence = share.sequence();
        if (sequence.state() == Sequence.State.RUNNING) {
            sequence.computedTo(share.endToken());
            cache.commit(sequence, share.endToken());
            if (share.endToken() == sequence.numPromptTokens()) {
                cache.commitPartial(sequence, share.endToken());
            }
        }
    }

    /**
     * Gives up a step that failed: nothing counts as computed. Its sequences keep their blocks and
     * are scheduled again unless the caller finishes them.
     */
    public void cancel(SchedulerOutput output) {
        land(output);
        publish();
    }

    private void land(SchedulerOutput output) {
        if (output.isEmpty()) {
            return;
        }
        if (inFlight != output) {
            throw new IllegalStateException("this output is not the step in flight");
        }
        inFlight = null;
        for (int i = 0; i < output.copies().size(); i++) {
            cache.releaseSource(output.copies().get(i));
        }
    }

    /**
     * Ends a sequence in whatever state; its computed blocks stay cached while nobody needs their
     * memory. Does nothing when it has ended before.
     */
    public void finish(Sequence sequence) {
        if (sequence.state() == Sequence.State.FINISHED) {
            return;
        }
        queues.remove(sequence);
        if (sequence.state() == Sequence.State.RUNNING) {
            cache.release(sequence, sequence.numComputedTokens());
        }
        sequence.finished();
        counters.countFinished();
        publish();
    }

    /**
     * Admits sequences while fewer than this run, at most as many as the config says; those that
     * run already stay.
     */
    public void allowSequences(int value) {
        composer.allowSequences(value);
    }

    /**
     * Gives prompts at most so many tokens of each step in which streams run on, so that those need
     * not wait for a whole budget to be computed; one for each two streams is always allowed. A
     * step of prompts alone takes the budget.
     */
    public void allowPromptTokens(int value) {
        composer.allowPromptTokens(value);
    }

    /** Whether any sequence could be scheduled; paused ones cannot. */
    public boolean hasWork() {
        return queues.hasUnpaused();
    }

    /** Sequences that hold blocks, paused ones included. */
    public int numRunning() {
        return queues.numRunning();
    }

    /** Sequences not yet admitted and preempted ones. */
    public int numWaiting() {
        return queues.numWaiting();
    }

    /** Counters and gauges as of the last call; from any thread. */
    public SchedulerStats stats() {
        return counters.snapshot();
    }

    /**
     * Checks that each block is free or referenced exactly by the running sequences and the copies
     * in flight. O(numBlocks), for tests and for an idle engine.
     *
     * @throws IllegalStateException naming what disagrees
     */
    public void checkIntegrity() {
        cache.checkIntegrity(queues.running(), inFlight == null ? List.of() : inFlight.copies());
    }

    private void publish() {
        counters.publish(cache, queues.numRunning(), queues.numWaiting());
    }
}
