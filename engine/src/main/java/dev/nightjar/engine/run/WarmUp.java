package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.sample.EndTokens;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.SamplingBatch;

/**
 * Small steps on made-up tokens while a freshly loaded model is idle, so that kernels are compiled
 * before the first request: vector code runs thousands of times slower until then. Uses a cache of
 * its own and leaves no trace in the model's.
 */
final class WarmUp implements AutoCloseable {

    /** Enough calls for the compiler to replace every kernel by its fastest form. */
    private static final int ROUNDS = 60;

    private static final int PROMPT_TOKENS = 12;

    private final Backend backend;
    private final CausalLm model;
    private final ForwardBatch batch;
    private final KvStore kv;
    private final SamplingBatch sampling = new SamplingBatch(1);
    private final SamplingState state =
            new SamplingState(
                    GenerationRequest.of(
                            new int[] {0}, SamplingParams.builder().topK(40).topP(0.9).build()),
                    1,
                    new EndTokens(id -> false, 0));
    private int round;

    WarmUp(Backend backend, CausalLm model, ForwardBatch batch, MemoryPlan plan) {
        this.backend = backend;
        this.model = model;
        this.batch = batch;
        int numBlocks = Math.ceilDiv(PROMPT_TOKENS + 1, plan.blockSize());
        this.kv = backend.allocateKv(LoadedModel.kvSpec(model, plan, numBlocks));
    }

    boolean isDone() {
        return round >= ROUNDS;
    }

    /** One step: prompts and single tokens in turn. */
    void step() {
        boolean isPrompt = round++ % 4 == 0;
        int first = isPrompt ? 0 : PROMPT_TOKENS;
        int end = isPrompt ? Math.min(PROMPT_TOKENS, batch.maxTokens()) : PROMPT_TOKENS + 1;
        batch.clear();
        batch.beginSequence(end);
        for (int block = 0; block < kv.spec().numBlocks(); block++) {
            batch.setBlock(block, block);
        }
        for (int position = first; position < end; position++) {
            batch.addToken(position % model.vocabSize(), position);
        }
        state.fill(sampling, batch.wantLogits());
        batch.commit();
        model.forward(batch, kv).await();
        backend.sample(model.logits(), 1, sampling);
    }

    @Override
    public void close() {
        kv.close();
    }
}
