package dev.nightjar.engine.run;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.metrics.EngineCounters;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.Fcfs;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.Scheduler;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.SchedulerStats;
import dev.nightjar.engine.schedule.Sequence;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A model in service: its weights, its KV pool, its scheduler and the sequences in flight. All
 * methods but {@link #reserve} and {@link #stats} belong to the engine thread.
 */
public final class LoadedModel implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoadedModel.class.getName());

    private final String name;
    private final MemoryPlan plan;
    private final int maxQueued;
    private final IntPredicate isEndToken;
    private final KvStore kv;
    private final KvCacheManager cache;
    private final Scheduler scheduler;
    private final ModelRunner runner;
    private final LogitsProbe probe;
    private final WarmUp warmUp;
    private final EngineCounters counters = new EngineCounters();
    private final Map<Long, LiveSequence> live = new LinkedHashMap<>();
    private final SplittableRandom seeds = new SplittableRandom();
    private final AtomicInteger numQueued = new AtomicInteger();
    private boolean isClosed;

    /**
     * What a model is assembled from.
     *
     * @param name public name
     * @param model the architecture with its weights
     * @param plan memory, also the largest context
     * @param config step limits
     * @param isEndToken ids that end a text by the model's own convention
     */
    public record Parts(
            String name,
            CausalLm model,
            MemoryPlan plan,
            SchedulerConfig config,
            IntPredicate isEndToken) {}

    /** Allocates the pool and the batch. */
    public LoadedModel(Backend backend, Parts parts) {
        name = parts.name;
        plan = parts.plan;
        maxQueued = parts.config.maxQueued();
        isEndToken = parts.isEndToken;
        kv = backend.allocateKv(kvSpec(parts.model, plan.blockSize(), plan.kvBlocks()));
        cache = new KvCacheManager(plan.kvBlocks(), plan.blockSize());
        scheduler = new Scheduler(parts.config, cache, new Fcfs());
        int maxSequences = parts.config.maxSequences();
        ForwardBatch batch =
                new ForwardBatch(
                        backend,
                        parts.config.maxBatchedTokens(),
                        maxSequences,
                        plan.maxContext(),
                        plan.blockSize());
        runner = new ModelRunner(backend, parts.model, kv, batch, maxSequences);
        probe = new LogitsProbe(backend, parts.model, batch, maxSequences, plan);
        warmUp = new WarmUp(backend, parts.model, batch, plan.blockSize());
    }

    static KvSpec kvSpec(CausalLm model, int blockSize, int numBlocks) {
        return new KvSpec(model.cacheSpec(), blockSize, numBlocks);
    }

    /** Public name. */
    public String name() {
        return name;
    }

    /** Where the memory goes. */
    public MemoryPlan plan() {
        return plan;
    }

    /** A snapshot of the counters; any thread. */
    public EngineStats stats() {
        SchedulerStats now = scheduler.stats();
        return new EngineStats(
                now.steps(),
                now.scheduledSequences(),
                now.tokens(),
                now.cachedTokens(),
                counters.generatedTokens(),
                counters.submitted(),
                counters.finished(),
                counters.aborted(),
                counters.failed(),
                now.preemptions(),
                now.numRunning(),
                now.numWaiting(),
                now.numFreeBlocks(),
                plan.kvBlocks());
    }

    /**
     * Refuses at the door what cannot run, else reserves a place in the queue; any thread.
     *
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws QueueFullException if as many sequences wait as are allowed
     */
    void reserve(GenerationRequest request) {
        int promptTokens = request.numPromptTokens();
        if (promptTokens >= plan.maxContext()) {
            throw new ContextLengthException(promptTokens, plan.maxContext());
        }
        if (numQueued.incrementAndGet() > maxQueued) {
            numQueued.decrementAndGet();
            throw new QueueFullException(maxQueued);
        }
        counters.countSubmitted();
    }

    /** Queues a sequence that has a reserved place. */
    void admit(GenerationRequest request, BoundedTokenStream stream, long submittedNanos) {
        int[] prompt = request.promptIds();
        long limit = (long) prompt.length + request.sampling().maxTokens();
        Sequence sequence =
                new Sequence(
                        stream.sequenceId(),
                        prompt,
                        (int) Math.min(limit, plan.maxContext()),
                        request.cacheSalt());
        long seed = request.sampling().seed().orElseGet(seeds::nextLong);
        SamplingState sampling =
                new SamplingState(request.sampling(), seed, request.choice(), prompt);
        LiveSequence one = new LiveSequence(sequence, request, sampling, stream, submittedNanos);
        live.put(sequence.id(), one);
        if (isClosed) {
            abort(sequence.id());
            return;
        }
        try {
            scheduler.add(sequence);
        } catch (QueueFullException full) {
            end(one, FinishReason.ERROR, Optional.empty(), Optional.of(full.getMessage()));
        }
    }

    /** Ends a sequence that its caller no longer wants; does nothing if it has ended already. */
    void abort(long sequenceId) {
        LiveSequence one = live.get(sequenceId);
        if (one != null) {
            end(one, FinishReason.ABORT, Optional.empty(), Optional.empty());
        }
    }

    /** Ends everything in flight. */
    void abortAll() {
        List.copyOf(live.keySet()).forEach(this::abort);
    }

    /** Ends sequences whose deadline has passed; returns the nearest deadline to come. */
    long expire(long now) {
        long nearest = Long.MAX_VALUE;
        List<LiveSequence> expired = new ArrayList<>();
        for (LiveSequence one : live.values()) {
            if (one.hasDeadline() && one.deadlineNanos() - now <= 0) {
                expired.add(one);
            } else if (one.hasDeadline()) {
                nearest = Math.min(nearest, one.deadlineNanos());
            }
        }
        for (LiveSequence one : expired) {
            end(one, FinishReason.DEADLINE, Optional.empty(), Optional.empty());
        }
        return nearest;
    }

    /** Whether sequences are in flight. */
    boolean hasWork() {
        return !live.isEmpty();
    }

    /**
     * Schedules, computes, samples and hands out tokens.
     *
     * @return false if nothing could be scheduled: no sequences, or only paused ones
     */
    boolean step() {
        for (LiveSequence one : live.values()) {
            if (one.stream().hasRoom()) {
                one.sequence().resume();
            } else {
                one.sequence().pause();
            }
        }
        SchedulerOutput output = scheduler.schedule();
        if (output.isEmpty()) {
            return false;
        }
        long started = System.nanoTime();
        for (ScheduledSequence scheduled : output.scheduled()) {
            markStarted(liveOf(scheduled), started);
        }
        try {
            runner.run(output, sequence -> live.get(sequence.id()).sampling());
        } catch (RuntimeException | LinkageError failure) {
            fail(output, failure);
            return true;
        }
        scheduler.update(output);
        deliver(output);
        return true;
    }

    /** Compiles kernels while there is nothing else to do; false once they are. */
    boolean warmUp() {
        if (warmUp.isDone()) {
            return false;
        }
        warmUp.step();
        return true;
    }

    /** Logits of every position, computed beside the sequences in flight. */
    void probe(int[] ids, LogitsSink sink) {
        probe.run(ids, sink);
    }

    @Override
    public void close() {
        abortAll();
        isClosed = true;
        warmUp.close();
        kv.close();
    }

    private void markStarted(LiveSequence one, long now) {
        if (!one.hasStarted()) {
            one.markStarted(now);
            numQueued.decrementAndGet();
        }
    }

    private void deliver(SchedulerOutput output) {
        long now = System.nanoTime();
        int row = 0;
        for (ScheduledSequence scheduled : output.scheduled()) {
            if (scheduled.producesToken()) {
                deliver(liveOf(scheduled), runner.token(row), runner.logprob(row), now);
                row++;
            }
        }
    }

    private void deliver(LiveSequence one, int token, float logprob, long now) {
        if (token < 0) {
            String message = "the model computed logits that are not numbers";
            end(one, FinishReason.ERROR, Optional.empty(), Optional.of(message));
            return;
        }
        one.accept(token, now);
        counters.countToken();
        if (endsText(one.request(), token)) {
            end(one, FinishReason.STOP, Optional.of(token), Optional.empty());
            return;
        }
        one.publishToken(token, logprob);
        if (one.sequence().numTokens() >= one.sequence().maxTokens()) {
            end(one, FinishReason.LENGTH, Optional.empty(), Optional.empty());
        }
    }

    private boolean endsText(GenerationRequest request, int token) {
        return request.sampling().stopTokens().contains(token)
                || (!request.sampling().ignoreEos() && isEndToken.test(token));
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

    /** A failed step ends the sequences in it and no others. */
    private void fail(SchedulerOutput output, Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "a step of model " + name + " failed", failure);
        scheduler.cancel(output);
        for (ScheduledSequence scheduled : output.scheduled()) {
            String message = "the engine failed to compute a step: " + failure;
            end(liveOf(scheduled), FinishReason.ERROR, Optional.empty(), Optional.of(message));
        }
    }

    private LiveSequence liveOf(ScheduledSequence scheduled) {
        return live.get(scheduled.sequence().id());
    }
}
