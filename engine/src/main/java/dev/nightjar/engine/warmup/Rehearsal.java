package dev.nightjar.engine.warmup;

import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.sample.EndTokens;
import dev.nightjar.engine.sample.SamplingState;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.List;

/**
 * Steps of a miniature on made-up tokens: single tokens, prompts, and batches of all sizes that
 * kernels have code of their own for. Has cache and batch of its own.
 */
public final class Rehearsal implements Rounds {

    /** Rounds after which the compiler has replaced every kernel by its fastest form. */
    static final int ROUNDS = 40;

    private static final int MAX_SEQUENCES = 16;
    private static final int MAX_TOKENS = 64;
    private static final int BLOCK_SIZE = 32;
    private static final int BLOCKS = 3;

    /** What a first request consists of: a prompt, then single tokens. */
    private static final List<Step> FIRST = List.of(new Step(1, 1), new Step(1, 40));

    private static final List<Step> MORE =
            List.of(
                    new Step(8, 1),
                    new Step(4, 1),
                    new Step(2, 1),
                    new Step(1, 1),
                    new Step(1, 12),
                    new Step(16, 1),
                    new Step(1, 64),
                    new Step(3, 1),
                    new Step(5, 1),
                    new Step(6, 1),
                    new Step(7, 1));

    /** So many sequences that compute so many tokens each. */
    private record Step(int sequences, int tokens) {}

    private final Backend backend;
    private final CausalLm model;
    private final ForwardBatch batch;
    private final KvStore kv;
    private final SamplingBatch sampling = new SamplingBatch(MAX_SEQUENCES);
    private final SamplingState greedy = state(SamplingParams.builder().temperature(0));
    private final SamplingState drawn = state(SamplingParams.builder().topK(40).topP(0.9));
    private final int rounds;
    private final int context;
    private List<Step> steps = FIRST;
    private int step;

    /**
     * Prepares the miniature's weights.
     *
     * @param rounds how often every step is repeated
     */
    public Rehearsal(Backend backend, Miniature miniature, int rounds) {
        this.backend = backend;
        this.rounds = rounds;
        context = Math.min(BLOCKS * BLOCK_SIZE, miniature.config().maxPositions());
        model = miniature.create(backend, MAX_TOKENS, MAX_SEQUENCES, context);
        batch = new ForwardBatch(backend, MAX_TOKENS, MAX_SEQUENCES, context, BLOCK_SIZE);
        kv = backend.allocateKv(new KvSpec(model.cacheSpec(), BLOCK_SIZE, MAX_SEQUENCES * BLOCKS));
    }

    private static SamplingState state(SamplingParams.Builder params) {
        return new SamplingState(
                GenerationRequest.of(new int[] {0}, params.build()),
                1,
                new EndTokens(id -> false, 0));
    }

    @Override
    public boolean isDone() {
        return step >= rounds * steps.size();
    }

    @Override
    public void goOn() {
        steps = MORE;
        step = 0;
    }

    @Override
    public void step() {
        Step next = steps.get(step % steps.size());
        boolean isGreedy = step / steps.size() % 2 == 0;
        step++;
        batch.clear();
        for (int sequence = 0; sequence < next.sequences; sequence++) {
            add(sequence, next.tokens);
            (isGreedy ? greedy : drawn).fill(sampling, batch.wantLogits());
        }
        batch.commit();
        model.forward(batch, kv).await();
        backend.sample(model.logits(), next.sequences, sampling);
    }

    /** The last tokens of a context that is full. */
    private void add(int sequence, int tokens) {
        batch.beginSequence(context);
        for (int block = 0; block * BLOCK_SIZE < context; block++) {
            batch.setBlock(block, sequence * BLOCKS + block);
        }
        for (int position = Math.max(0, context - tokens); position < context; position++) {
            batch.addToken(position % model.vocabSize(), position);
        }
    }

    @Override
    public void close() {
        kv.close();
    }
}
