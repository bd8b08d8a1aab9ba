package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Norm;

/**
 * {@code h = norm(x + attention(x))}, then {@code norm(h + feedForward(h))}: BERT.
 *
 * @param attentionNorm behind the attention
 * @param outputNorm behind the feed-forward
 */
record PostNormLayer(
        EncoderAttention attention,
        Norm attentionNorm,
        EncoderFeedForward feedForward,
        Norm outputNorm)
        implements EncoderLayer {

    @Override
    public void forward(EncoderBatch batch, EncoderSpace space) {
        int T = batch.numTokens();
        attention.forward(space.hidden, batch, space, space.branch);
        attentionNorm.addAndForward(space.hidden, space.branch, T, space.hidden);
        feedForward.forward(space.hidden, T, space, space.branch);
        outputNorm.addAndForward(space.hidden, space.branch, T, space.hidden);
    }

    @Override
    public long extraBytes() {
        return attention.extraBytes() + feedForward.extraBytes();
    }
}
