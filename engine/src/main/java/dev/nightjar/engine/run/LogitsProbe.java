package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;

/**
 * Computes the logits of every position of a token sequence, for research and conformance: exact
 * activations, an f32 cache of its own that lives as long as the call, no sampling.
 */
final class LogitsProbe {

    private final Backend backend;
    private final CausalLm model;
    private final ForwardBatch batch;
    private final int maxRows;
    private final MemoryPlan plan;

    LogitsProbe(Backend backend, CausalLm model, ForwardBatch batch, int maxRows, MemoryPlan plan) {
        this.backend = backend;
        this.model = model;
        this.batch = batch;
        this.maxRows = Math.min(maxRows, batch.maxTokens());
        this.plan = plan;
    }

    void run(int[] ids, LogitsSink sink) {
        check(ids);
        int numBlocks = Math.ceilDiv(ids.length, plan.blockSize());
        float[] row = new float[model.vocabSize()];
        try (KvStore kv =
                backend.allocateKv(LoadedModel.kvSpec(model, plan.blockSize(), numBlocks))) {
            for (int first = 0; first < ids.length; first += maxRows) {
                int end = Math.min(ids.length, first + maxRows);
                forward(ids, first, end, kv);
                for (int position = first; position < end; position++) {
                    long offset = (long) (position - first) * row.length;
                    model.logits().buffer().read(offset, row, 0, row.length);
                    sink.accept(position, row);
                }
            }
        }
    }

    private void forward(int[] ids, int first, int end, KvStore kv) {
        batch.clear();
        batch.beginSequence(end);
        for (int block = 0; block < Math.ceilDiv(end, plan.blockSize()); block++) {
            batch.setBlock(block, block);
        }
        for (int position = first; position < end; position++) {
            batch.addToken(ids[position], position);
            batch.wantLogits();
        }
        batch.commit();
        model.forward(batch, kv).await();
    }

    private void check(int[] ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("logits need at least one token id");
        }
        if (ids.length > plan.maxContext()) {
            throw new ContextLengthException(ids.length, plan.maxContext());
        }
        for (int id : ids) {
            if (id < 0 || id >= model.vocabSize()) {
                throw new IllegalArgumentException(
                        "token ids go from 0 to %d, found %d".formatted(model.vocabSize() - 1, id));
            }
        }
    }
}
