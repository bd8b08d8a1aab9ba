package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.cache.PrefixMatch;
import dev.nightjar.engine.request.QueueFullException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

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
    private final TreeSet<Sequence> waiting;
    private final TreeSet<Sequence> running;
    private final SchedulerCounters counters = new SchedulerCounters();
    private Optional<SchedulerOutput> inFlight = Optional.empty();
    private long nextArrival;

    /** Takes over a cache that holds no sequence. */
    public Scheduler(SchedulerConfig config, KvCacheManager cache, SchedulingPolicy policy) {
        this.config = config;
        this.cache = cache;
        this.policy = policy;
        Comparator<Sequence> order = policy.order().thenComparingLong(Sequence::arrival);
        waiting = new TreeSet<>(order);
        running = new TreeSet<>(order);
        publish();
    }

    /**
     * Queues a new sequence.
     *
     * @throws QueueFullException when as many as allowed are waiting
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
        if (waiting.size() >= config.maxQueued()) {
            throw new QueueFullException(config.maxQueued());
        }
        sequence.arriveAt(nextArrival++);
        waiting.add(sequence);
        publish();
    }

    /**
     * Composes the next step: the running streams' tokens, then prompt chunks of running sequences,
     * then of newly admitted ones. Blocks are allocated, sequences may be preempted.
     *
     * @throws IllegalStateException when the step before was neither updated nor cancelled
     */
    public SchedulerOutput schedule() {
        if (inFlight.isPresent()) {
            throw new IllegalStateException(
                    "a step is in flight; call update or cancel with its output first");
        }
        StepBuilder step = new StepBuilder(config.maxBatchedTokens());
        List<Sequence> inOrder = List.copyOf(running);
        inOrder.stream().filter(s -> s.numUncomputedTokens() == 1).forEach(s -> extend(s, step));
        inOrder.stream().filter(s -> s.numUncomputedTokens() > 1).forEach(s -> extend(s, step));
        if (!step.hasPreempted()) {
            admitInOrder(step);
        }
        SchedulerOutput output = step.build();
        inFlight = Optional.of(output).filter(some -> !some.isEmpty());
        publish();
        return output;
    }

    /** Gives a running sequence its part of the budget, at the cost of others if it must. */
    private void extend(Sequence sequence, StepBuilder step) {
        int first = sequence.numComputedTokens();
        int wanted = Math.min(step.budget(), sequence.numTokens() - first);
        while (wanted > 0 && isSchedulable(sequence)) {
            int count = (int) Math.min(wanted, cache.reachableTokens(sequence) - first);
            if (count > 0 && cache.allocate(sequence, first + count)) {
                step.add(sequence, first, count);
                return;
            }
            preempt(policy.victim(List.copyOf(running)), step);
        }
    }

    private static boolean isSchedulable(Sequence sequence) {
        return sequence.state() == Sequence.State.RUNNING && !sequence.isPaused();
    }

    /** Admits while the budget lasts; who does not fit keeps those behind it waiting. */
    private void admitInOrder(StepBuilder step) {
        boolean isAdmitted = true;
        while (isAdmitted && step.budget() > 0) {
            isAdmitted =
                    waiting.stream()
                            .filter(sequence -> !sequence.isPaused())
                            .findFirst()
                            .filter(sequence -> admit(sequence, step))
                            .isPresent();
        }
    }

    /** Admits one sequence; paused ones give up their place and their blocks for it. */
    private boolean admit(Sequence sequence, StepBuilder step) {
        while (running.size() == config.maxSequences() || !start(sequence, step)) {
            List<Sequence> paused = running.stream().filter(Sequence::isPaused).toList();
            if (paused.isEmpty()) {
                return false;
            }
            preempt(policy.victim(paused), step);
        }
        return true;
    }

    /** A copy's source takes up a block for the step; without one to spare, compute instead. */
    private boolean start(Sequence sequence, StepBuilder step) {
        PrefixMatch match = cache.match(sequence);
        return start(sequence, match, step)
                || match.partial().isPresent() && start(sequence, match.withoutPartial(), step);
    }

    private boolean start(Sequence sequence, PrefixMatch match, StepBuilder step) {
        int cached = match.numTokens();
        int count = Math.min(step.budget(), sequence.numTokens() - cached);
        if (!cache.admit(sequence, match, cached + count)) {
            return false;
        }
        int numShared = match.fullBlocks().size();
        match.partial()
                .map(
                        from ->
                                new BlockCopy(
                                        from.block(),
                                        sequence.blocks().get(numShared),
                                        from.numTokens()))
                .ifPresent(step::add);
        waiting.remove(sequence);
        // What is copied counts as computed only when the step that copies has been updated.
        sequence.admitted(cached, numShared * cache.blockSize());
        running.add(sequence);
        step.add(sequence, cached, count);
        return true;
    }

    private void preempt(Sequence victim, StepBuilder step) {
        if (!running.remove(victim)) {
            throw new IllegalStateException("the policy chose %s, not running".formatted(victim));
        }
        cache.release(victim, victim.numComputedTokens());
        victim.preempted();
        waiting.add(victim);
        step.preempt(victim);
        counters.countPreemption();
    }

    /**
     * Marks the step's tokens computed, so that their blocks can be shared, and ends the protection
     * of its copies' sources. Sequences finished in the meantime are left alone.
     */
    public void update(SchedulerOutput output) {
        land(output);
        for (ScheduledSequence share : output.scheduled()) {
            Sequence sequence = share.sequence();
            if (sequence.state() == Sequence.State.RUNNING) {
                sequence.computedTo(share.endToken());
                cache.commit(sequence, share.endToken());
            }
        }
        if (!output.isEmpty()) {
            counters.countStep(output);
        }
        publish();
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
        if (inFlight.filter(expected -> expected == output).isEmpty()) {
            throw new IllegalStateException("this output is not the step in flight");
        }
        inFlight = Optional.empty();
        output.copies().forEach(cache::releaseSource);
    }

    /**
     * Ends a sequence in whatever state; its computed blocks stay cached while nobody needs their
     * memory. Does nothing when it has ended before.
     */
    public void finish(Sequence sequence) {
        if (sequence.state() == Sequence.State.FINISHED) {
            return;
        }
        if (running.remove(sequence)) {
            cache.release(sequence, sequence.numComputedTokens());
        } else {
            waiting.remove(sequence);
        }
        sequence.finished();
        counters.countFinished();
        publish();
    }

    /** Whether any sequence could be scheduled; paused ones cannot. */
    public boolean hasWork() {
        return running.stream().anyMatch(sequence -> !sequence.isPaused())
                || waiting.stream().anyMatch(sequence -> !sequence.isPaused());
    }

    /** Sequences that hold blocks, paused ones included. */
    public int numRunning() {
        return running.size();
    }

    /** Sequences not yet admitted and preempted ones. */
    public int numWaiting() {
        return waiting.size();
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
        cache.checkIntegrity(running, inFlight.map(SchedulerOutput::copies).orElse(List.of()));
    }

    private void publish() {
        counters.publish(cache, running.size(), waiting.size());
    }
}
