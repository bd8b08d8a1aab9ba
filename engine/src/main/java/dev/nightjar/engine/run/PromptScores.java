package dev.nightjar.engine.run;

import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks the sampling op how likely each token of a prompt is after those before it, so that prompts
 * and completions are measured alike. Written by the engine thread, read after the pass has ended.
 */
final class PromptScores implements PromptPass.Reader {

    private final Backend backend;
    private final Matrix logits;
    private final int[] ids;
    private final SamplingBatch batch;
    private final List<TokenEvent.Token> tokens;

    PromptScores(Backend backend, Matrix logits, int[] ids, int top, int maxRows) {
        this.backend = backend;
        this.logits = logits;
        this.ids = ids.clone();
        this.batch = new SamplingBatch(maxRows);
        this.tokens = new ArrayList<>(ids.length);
        Arrays.fill(batch.topCount, top);
    }

    @Override
    public void read(int first, int count) {
        System.arraycopy(ids, first + 1, batch.given, 0, count);
        backend.sample(logits, count, batch);
        for (int row = 0; row < count; row++) {
            if (batch.token[row] < 0) {
                throw new ArithmeticException("the model computed logits that are not numbers");
            }
            tokens.add(SampledRow.read(batch, row));
        }
    }

    /** All tokens but the first. */
    List<TokenEvent.Token> tokens() {
        return List.copyOf(tokens);
    }
}
