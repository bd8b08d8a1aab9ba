package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Linear;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import java.util.Optional;

/**
 * Attention in both directions between two projections.
 *
 * @param qkvProj {@code [3C, C]}
 * @param oProj {@code [C, C]}
 */
record EncoderAttention(Backend backend, Form form, Linear qkvProj, Linear oProj) {

    /**
     * What the attention of several layers has in common.
     *
     * @param spec sizes, scale, window, biases
     * @param rope rotations of queries and keys
     */
    record Form(SelfAttentionSpec spec, Optional<RopeTable> rope) {}

    /** out [T, C] from x [T, C]; x may be {@code space.normed}. */
    void forward(Matrix x, EncoderBatch batch, EncoderSpace space, Matrix out) {
        int T = batch.numTokens();
        qkvProj.forward(x, T, space.qkv);
        if (form.rope.isPresent()) {
            int heads = form.spec.numHeads();
            backend.rope(space.q, heads, form.rope.get(), batch.positions(), T);
            backend.rope(space.k, heads, form.rope.get(), batch.positions(), T);
        }
        backend.selfAttention(
                space.q,
                space.k,
                space.v,
                form.spec,
                batch.starts(),
                batch.numSequences(),
                T,
                space.attended);
        oProj.forward(space.attended, T, out);
    }

    long extraBytes() {
        return qkvProj.extraBytes() + oProj.extraBytes();
    }
}
