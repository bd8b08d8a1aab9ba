package dev.nightjar.engine.run;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.metrics.EngineCounters;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.sample.EndTokens;
import dev.nightjar.engine.schedule.FairShare;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.Scheduler;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.SchedulerStats;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A model in service: its weights, its KV pool, its scheduler and the sequences in flight. All
 * methods but {@link #stats} belong to the engine thread unless they say otherwise.
 */
public final class LoadedModel implements Resident {

    private static final System.Logger LOG = System.getLogger(LoadedModel.class.getName());

    private static final String NOTHING_TO_DRAW =
            "no token can be chosen: the model computed logits that are not numbers, or holds every"
                    + " allowed token for impossible";

    private final String name;
    private final MemoryPlan plan;
    private final KvStore kv;
    private final Scheduler scheduler;
    private final LiveSequences live;
    private final ModelRunner runner;
    private final CausalLm model;
    private final Backend backend;
    private final PromptPasses passes;
    private final StepEvent event;
    private final StepPace pace;
    private final int maxSequences;

    /**
     * What a model is assembled from.
     *
     * @param name public name
     * @param model the architecture with its weights
     * @param plan memory, also the largest context
     * @param config step limits
     * @param targetItl how long running streams should wait for their next token when prompts are
     *     computed beside them
     * @param isEndToken ids that end a text by the model's own convention
     */
    public record Parts(
            String name,
            CausalLm model,
            MemoryPlan plan,
            SchedulerConfig config,
            Duration targetItl,
            IntPredicate isEndToken) {}

    /** Allocates the pool and the batch. */
    public LoadedModel(Backend backend, Parts parts) {
        this.backend = backend;
        model = parts.model;
        name = parts.name;
        event = new StepEvent(name);
        MemoryPlan planned = parts.plan;
        kv = backend.allocateKv(kvSpec(parts.model, planned, planned.kvBlocks()));
        KvCacheManager cache = new KvCacheManager(planned.kvBlocks(), planned.blockSize());
        scheduler = new Scheduler(parts.config, cache, new FairShare());
        pace = new StepPace(parts.targetItl, parts.config.maxBatchedTokens());
        EndTokens ends = new EndTokens(parts.isEndToken, parts.model.vocabSize());
        live =
                new LiveSequences(
                        name, scheduler, planned.maxContext(), parts.config.maxQueued(), ends);
        maxSequences = parts.config.maxSequences();
        ForwardBatch batch =
                new ForwardBatch(
                        backend,
                        parts.config.maxBatchedTokens(),
                        maxSequences,
                        planned.maxContext(),
                        planned.blockSize());
        plan = backend.deviceUse().map(planned::measured).orElse(planned);
        runner =
                new ModelRunner(
                        backend,
                        parts.model,
                        kv,
                        batch,
                        maxSequences,
                        sequence -> live.of(sequence).sampling());
        passes =
                new PromptPasses(
                        name,
                        backend,
                        parts.model,
                        batch,
                        maxSequences,
                        parts.config.maxQueued(),
                        plan);
    }

    static KvSpec kvSpec(CausalLm model, MemoryPlan plan, int numBlocks) {
        return KvSpec.of(model.cacheSpec(), plan.kvType(), plan.blockSize(), numBlocks);
    }

    @Override
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
                now.cache().admissions(),
                now.cache().hits(),
                now.cache().evictions(),
                now.numRunning(),
                now.numWaiting(),
                now.numFreeBlocks(),
                plan.kvBlocks(),
                counters.distributions());
    }

    @Override
    public void refuseWork() {
        live.refuseWork();
        passes.refuseWork();
    }

    @Override
    public boolean isBusy() {
        return live.isBusy() || passes.numPending() > 0;
    }

    /** Most sequences that can run at the same time; any thread. */
    public int maxSequences() {
        return maxSequences;
    }

    /** How long the sequence has waited that waits longest for its first step; any thread. */
    public Duration queueTime() {
        return live.queueTime();
    }

    /** Lets so many sequences run at the same time. */
    void allowSequences(int value) {
        scheduler.allowSequences(value);
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
        long started = System.nanoTime();
        event.begin();
        live.pauseSlowReaders();
        scheduler.allowPromptTokens(pace.promptTokens());
        SchedulerOutput output = scheduler.schedule();
        if (output.isEmpty()) {
            return false;
        }
        live.markStarted(output);
        try {
            compute(output);
            deliver(output);
        } catch (RuntimeException | Error failure) {
            fail(output, failure);
        }
        long nanos = System.nanoTime() - started;
        pace.observe(output, nanos);
        live.counters().countStep(output.scheduled().size(), output.numTokens(), nanos);
        event.record(output.scheduled().size(), output.numTokens(), output.preempted().size());
        return true;
    }

    private void compute(SchedulerOutput output) {
        try {
            runner.run(output);
        } catch (RuntimeException | Error failure) {
            scheduler.cancel(output);
            throw failure;
        }
        scheduler.update(output);
    }

    /** What is computed of whole prompts, beside the sequences in flight. */
    PromptPasses passes() {
        return passes;
    }

    /** Reads logits into a sink; any thread. */
    LogitRows logitRows(LogitsSink sink) {
        return new LogitRows(model.logits(), sink);
    }

    /** Measures the tokens of a prompt, with so many alternatives; any thread. */
    PromptScores promptScores(int[] ids, int top) {
        return new PromptScores(backend, model.logits(), ids, top, passes.maxRows());
    }

    @Override
    public void close() {
        live.close();
        passes.close();
        runner.close();
        kv.close();
    }

    private void deliver(SchedulerOutput output) {
        long now = System.nanoTime();
        List<ScheduledSequence> shares = output.scheduled();
        int row = 0;
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i).producesToken()) {
                deliverAlone(live.of(shares.get(i)), row++, now);
            }
        }
    }

    /** What goes wrong with one sequence here is no concern of those beside it. */
    private void deliverAlone(LiveSequence one, int row, long now) {
        try {
            deliver(one, row, now);
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "a token of model " + name + " failed", failure);
            live.fail(one, "the engine failed to deliver a token: " + failure);
        }
    }

    private void deliver(LiveSequence one, int row, long now) {
        int token = runner.sampled().token[row];
        Optional<String> failure = one.sampling().failure();
        if (failure.isPresent()) {
            live.fail(one, failure.get());
        } else if (token >= 0) {
            accept(one, row, token, now);
        } else if (one.sampling().isComplete()) {
            live.end(one, FinishReason.STOP);
        } else {
            live.fail(one, NOTHING_TO_DRAW);
        }
    }

    private void accept(LiveSequence one, int row, int token, long now) {
        count(one, now);
        one.accept(token, now);
        boolean isComplete = one.sampling().isComplete();
        Optional<String> failure = one.sampling().failure();
        if (failure.isPresent()) {
            live.fail(one, failure.get());
        } else if (one.isEnd(token)) {
            live.stop(one, token);
        } else {
            one.publishToken(runner.sampled(), row);
            if (isComplete) {
                live.end(one, FinishReason.STOP);
            } else if (one.sequence().hasReachedMaxTokens()) {
                live.end(one, FinishReason.LENGTH);
            }
        }
    }

    private void count(LiveSequence one, long now) {
        if (one.hasToken()) {
            live.counters().countNextToken(now - one.lastTokenNanos());
        } else {
            live.counters().countFirstToken(now - one.submittedNanos());
        }
    }

    /** A failed step ends the sequences in it and no others. */
    private void fail(SchedulerOutput output, Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "a step of model " + name + " failed", failure);
        String message = "the engine failed to compute a step: " + failure;
        for (ScheduledSequence scheduled : output.scheduled()) {
            LiveSequence one = live.of(scheduled);
            if (one != null) { // null: ended already
                live.fail(one, message);
            }
        }
    }
}
