package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import java.util.Optional;

/**
 * One block: {@code h = norm(x + attention(x))}, then {@code norm(h + feedForward(h))}.
 *
 * @param qkvProj {@code [3C, C]}
 * @param oProj {@code [C, C]}
 * @param attentionNorm behind the attention
 * @param upProj {@code [F, C]}, or gate and up {@code [2F, C]}
 * @param downProj {@code [C, F]}
 * @param outputNorm behind the feed-forward
 */
record EncoderLayer(
        Linear qkvProj,
        Linear oProj,
        Norm attentionNorm,
        Linear upProj,
        Linear downProj,
        Norm outputNorm) {

    /**
     * What all layers have in common.
     *
     * @param attention sizes and scale
     * @param rope rotations of queries and keys
     * @param isGated whether the up projection has a gate beside it
     * @param activation of the feed-forward
     */
    record Shape(
            SelfAttentionSpec attention,
            Optional<RopeTable> rope,
            boolean isGated,
            Activation activation) {}

    /** Replaces {@code space.hidden}. */
    void forward(Backend backend, Shape shape, EncoderBatch batch, EncoderSpace space) {
        int T = batch.numTokens();
        qkvProj.forward(space.hidden, T, space.qkv);
        if (shape.rope.isPresent()) {
            int heads = shape.attention.numHeads();
            backend.rope(space.q, heads, shape.rope.get(), batch.positions(), T);
            backend.rope(space.k, heads, shape.rope.get(), batch.positions(), T);
        }
        backend.selfAttention(
                space.q,
                space.k,
                space.v,
                shape.attention,
                batch.starts(),
                batch.numSequences(),
                T,
                space.attended);
        oProj.forward(space.attended, T, space.branch);
        attentionNorm.addAndForward(space.hidden, space.branch, T, space.hidden);
        upProj.forward(space.hidden, T, space.gateUp);
        if (shape.isGated) {
            backend.activateMultiply(shape.activation, space.gateUp, T, space.activated);
        } else {
            backend.activate(shape.activation, space.activated, T);
        }
        downProj.forward(space.activated, T, space.branch);
        outputNorm.addAndForward(space.hidden, space.branch, T, space.hidden);
    }

    long extraBytes() {
        return qkvProj.extraBytes()
                + oProj.extraBytes()
                + upProj.extraBytes()
                + downProj.extraBytes();
    }
}
