package dev.nightjar.engine.run;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.Sequence;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.backend.StepReplay;
import java.util.List;
import java.util.function.Function;

/** Turns a schedule into a batch, runs the model on it and samples; engine thread only. */
final class ModelRunner implements AutoCloseable {

    private final Backend backend;
    private final CausalLm model;
    private final KvStore kv;
    private final ForwardBatch batch;
    private final StepReplay replay;
    private final Runnable forward;
    private final int maxRows;
    private final SamplingBatch sampling;
    private final Function<Sequence, SamplingState> samplingOf;

    /** {@code samplingOf} gives the sampling state of a scheduled sequence. */
    ModelRunner(
            Backend backend,
            CausalLm model,
            KvStore kv,
            ForwardBatch batch,
            int maxSequences,
            Function<Sequence, SamplingState> samplingOf) {
        this.backend = backend;
        this.samplingOf = samplingOf;
        this.model = model;
        this.kv = kv;
        this.batch = batch;
        this.sampling = new SamplingBatch(maxSequences);
        replay = backend.stepReplay();
        forward = this::forward;
        maxRows = Math.min(maxSequences, batch.maxTokens());
    }

    /**
     * One step. Afterwards {@link #sampled} has one row per sequence that produces a token, in the
     * order of the schedule.
     */
    void run(SchedulerOutput output) {
        List<BlockCopy> copies = output.copies();
        for (int i = 0; i < copies.size(); i++) {
            BlockCopy copy = copies.get(i);
            backend.copyKv(kv, copy.fromBlock(), copy.toBlock(), copy.numTokens());
        }
        batch.clear();
        List<ScheduledSequence> shares = output.scheduled();
        for (int i = 0; i < shares.size(); i++) {
            add(shares.get(i));
        }
        int rows = batch.numLogitRows();
        if (batch.isDecoding()) {
            batch.padTo(Math.min(maxRows, replay.rowsFor(rows)));
            batch.commit();
            replay.run(batch.numTokens(), batch.attention(), forward);
        } else {
            batch.commit();
            forward.run();
        }
        backend.sample(model.logits(), rows, sampling);
    }

    private void forward() {
        model.forward(batch, kv).await();
    }

    /** What was sampled; a token is negative if none could be. */
    SamplingBatch sampled() {
        return sampling;
    }

    /** Forgets what was recorded of steps; before the cache and the weights are freed. */
    @Override
    public void close() {
        replay.close();
    }

    private void add(ScheduledSequence scheduled) {
        Sequence sequence = scheduled.sequence();
        int first = scheduled.firstToken();
        int end = first + scheduled.numTokens();
        batch.beginSequence(end);
        int numBlocks = Math.ceilDiv(end, kv.spec().blockSize());
        for (int i = 0; i < numBlocks; i++) {
            batch.setBlock(i, sequence.blocks().get(i));
        }
        for (int position = first; position < end; position++) {
            batch.addToken(sequence.token(position), position);
        }
        if (scheduled.producesToken()) {
            samplingOf.apply(sequence).fill(sampling, batch.wantLogits());
        }
    }
}
