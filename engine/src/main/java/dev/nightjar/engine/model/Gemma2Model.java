package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.SequentialBlock.Half;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * Gemma 2 (Gemma Team 2024, arXiv 2408.00118): norms before and after each half of a block, every
 * other layer sees a window only, attention scores and logits are soft-capped, embeddings scaled by
 * the root of the hidden size. Norm weights in the file are the complete factors (1 + w).
 */
public final class Gemma2Model {

    private Gemma2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        return builder.sandwich(
                new Half<>(
                        Optional.of(builder.rmsNorm(w, "attn_norm")),
                        builder.attention(i),
                        Optional.of(builder.rmsNorm(w, "post_attention_norm"))),
                new Half<>(
                        Optional.of(builder.rmsNorm(w, "ffn_norm")),
                        builder.gatedFeedForward(w),
                        Optional.of(builder.rmsNorm(w, "post_ffw_norm"))));
    }
}
