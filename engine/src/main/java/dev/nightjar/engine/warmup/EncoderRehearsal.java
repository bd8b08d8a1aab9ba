package dev.nightjar.engine.warmup;

import dev.nightjar.engine.model.encoder.EncoderBatch;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.kernels.backend.Backend;
import java.util.List;

/** Steps of an encoder's miniature: one text, then several of all lengths. */
public final class EncoderRehearsal implements Rounds {

    private static final int MAX_TOKENS = 256;

    private static final List<Step> FIRST = List.of(new Step(1, 8), new Step(1, 40));

    private static final List<Step> MORE =
            List.of(
                    new Step(1, 16),
                    new Step(4, 12),
                    new Step(2, 30),
                    new Step(8, 16),
                    new Step(1, 64),
                    new Step(4, 64),
                    new Step(3, 5));

    /** So many texts of so many tokens each. */
    private record Step(int texts, int tokens) {}

    private final TextEncoder model;
    private final EncoderBatch batch;
    private final int rounds;
    private List<Step> steps = FIRST;
    private int step;

    /**
     * Prepares the weights of the miniature.
     *
     * @param rounds how often every step is repeated
     */
    public EncoderRehearsal(Backend backend, EncoderMiniature miniature, int rounds) {
        this.rounds = rounds;
        model = miniature.create(backend, MAX_TOKENS);
        batch = new EncoderBatch(backend, MAX_TOKENS);
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
        Step next = steps.get(step++ % steps.size());
        int tokens = Math.min(next.tokens, model.config().maxPositions());
        batch.clear();
        for (int text = 0; text < next.texts; text++) {
            int[] ids = new int[tokens];
            for (int i = 0; i < tokens; i++) {
                ids[i] = (text + i) % model.config().vocabSize();
            }
            batch.add(ids, new int[tokens]);
        }
        batch.commit();
        model.forward(batch);
    }

    /** What it allocated belongs to the backend. */
    @Override
    public void close() {}
}
