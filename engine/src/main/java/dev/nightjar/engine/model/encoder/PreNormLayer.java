package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import java.util.Optional;

/**
 * {@code h = x + attention(norm(x))}, then {@code h + feedForward(norm(h))}: ModernBERT.
 *
 * @param attentionNorm before the attention; the first layer has none, as what goes into it is
 *     normalized already
 * @param feedForwardNorm before the feed-forward
 */
record PreNormLayer(
        Backend backend,
        Optional<Norm> attentionNorm,
        EncoderAttention attention,
        Norm feedForwardNorm,
        EncoderFeedForward feedForward)
        implements EncoderLayer {

    @Override
    public void forward(EncoderBatch batch, EncoderSpace space) {
        int T = batch.numTokens();
        attention.forward(attentionInput(T, space), batch, space, space.branch);
        backend.add(space.hidden, space.branch, T);
        feedForwardNorm.forward(space.hidden, T, space.normed);
        feedForward.forward(space.normed, T, space, space.branch);
        backend.add(space.hidden, space.branch, T);
    }

    private Matrix attentionInput(int T, EncoderSpace space) {
        if (attentionNorm.isEmpty()) {
            return space.hidden;
        }
        attentionNorm.get().forward(space.hidden, T, space.normed);
        return space.normed;
    }

    @Override
    public long extraBytes() {
        return attention.extraBytes() + feedForward.extraBytes();
    }
}
