package dev.nightjar.engine.run;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.engine.schedule.ScheduledSequence;
import dev.nightjar.engine.schedule.SchedulerOutput;
import dev.nightjar.engine.schedule.Sequence;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.function.Function;

/** Turns a schedule into a batch, runs the model on it and samples; engine thread only. */
final class ModelRunner {

    private final Backend backend;
    private final CausalLm model;
    private final KvStore kv;
    private final ForwardBatch batch;
    private final SamplingBatch sampling;

    ModelRunner(Backend backend, CausalLm model, KvStore kv, ForwardBatch batch, int maxSequences) {
        this.backend = backend;
        this.model = model;
        this.kv = kv;
        this.batch = batch;
        this.sampling = new SamplingBatch(maxSequences);
    }

    /**
     * One step. Afterwards {@link #token} and {@link #event} tell of one row per sequence that
     * produces a token, in the order of the schedule.
     *
     * @param samplingOf the sampling state of a scheduled sequence
     */
    void run(SchedulerOutput output, Function<Sequence, SamplingState> samplingOf) {
        for (BlockCopy copy : output.copies()) {
            backend.copyKv(kv, copy.fromBlock(), copy.toBlock(), copy.numTokens());
        }
        batch.clear();
        for (ScheduledSequence scheduled : output.scheduled()) {
            add(scheduled, samplingOf);
        }
        batch.commit();
        model.forward(batch, kv).await();
        backend.sample(model.logits(), batch.numLogitRows(), sampling);
    }

    /** The token sampled in row {@code row}; negative if none could be. */
    int token(int row) {
        return sampling.token[row];
    }

    /** The same with what is reported of it. */
    TokenEvent.Token event(int row) {
        return SampledRow.read(sampling, row);
    }

    private void add(ScheduledSequence scheduled, Function<Sequence, SamplingState> samplingOf) {
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
