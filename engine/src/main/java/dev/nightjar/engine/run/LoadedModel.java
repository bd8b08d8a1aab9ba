package dev.nightjar.engine.run;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.metrics.EngineCounters;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.schedule.Fcfs;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.Scheduler;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.SchedulerStats;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import java.util.function.IntPredicate;

/**
 * A model in service: its weights, its KV pool, its scheduler and the sequences in flight. All
 * methods but {@link #stats} belong to the engine thread.
 */
public final class LoadedModel implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoadedModel.class.getName());

    private final String name;
    private final MemoryPlan plan;
    private final IntPredicate isEndToken;
    private final KvStore kv;
    private final Scheduler scheduler;
    private final LiveSequences live;
    private final ModelRunner runner;
    private final LogitsProbe probe;
    private final WarmUp warmUp;

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
        isEndToken = parts.isEndToken;
        kv = backend.allocateKv(kvSpec(parts.model, plan.blockSize(), plan.kvBlocks()));
        KvCacheManager cache = new KvCacheManager(plan.kvBlocks(), plan.blockSize());
        scheduler = new Scheduler(parts.config, cache, new Fcfs());
        live = new LiveSequences(scheduler, plan.maxContext(), parts.config.maxQueued());
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
        EngineCounters counters = live.counters();
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

    /** The sequences in flight. */
    LiveSequences live() {
        return live;
    }

    /**
     * Schedules, computes, samples and hands out tokens.
     *
     * @return false if nothing could be scheduled: no sequences, or only paused ones
     */
    boolean step() {
        live.pauseSlowReaders();
        SchedulerOutput output = scheduler.schedule();
        if (output.isEmpty()) {
            return false;
        }
        live.markStarted(output);
        try {
            runner.run(output, sequence -> live.of(sequence).sampling());
        } catch (RuntimeException | Error failure) {
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
        live.close();
        warmUp.close();
        kv.close();
    }

    private void deliver(SchedulerOutput output) {
        long now = System.nanoTime();
        int row = 0;
        for (ScheduledSequence scheduled : output.scheduled()) {
            if (scheduled.producesToken()) {
                deliver(live.of(scheduled), runner.token(row), runner.logprob(row), now);
                row++;
            }
        }
    }

    private void deliver(LiveSequence one, int token, float logprob, long now) {
        if (token < 0) {
            live.fail(one, "the model computed logits that are not numbers");
            return;
        }
        one.accept(token, now);
        live.counters().countToken();
        if (endsText(one.request(), token)) {
            live.stop(one, token);
            return;
        }
        one.publishToken(token, logprob);
        if (one.sequence().hasReachedMaxTokens()) {
            live.end(one, FinishReason.LENGTH);
        }
    }

    private boolean endsText(GenerationRequest request, int token) {
        return request.sampling().stopTokens().contains(token)
                || (!request.sampling().ignoreEos() && isEndToken.test(token));
    }

    /** A failed step ends the sequences in it and no others. */
    private void fail(SchedulerOutput output, Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "a step of model " + name + " failed", failure);
        scheduler.cancel(output);
        for (ScheduledSequence scheduled : output.scheduled()) {
            String message = "the engine failed to compute a step: " + failure;
            live.fail(live.of(scheduled), message);
        }
    }
}
