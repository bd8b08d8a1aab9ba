package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.ParallelBlock;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * Command R (Cohere 2024): attention and feed-forward side by side on one layer norm without bias,
 * rotary embedding of adjacent pairs, scaled logits; Command R+ normalizes query and key heads.
 */
public final class CommandRModel {

    private CommandRModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        return new ParallelBlock(
                builder.backend(),
                builder.layerNorm(w, "attn_norm"),
                Optional.empty(),
                attention(builder, i, w),
                builder.gatedFeedForward(w));
    }

    private static Attention attention(DecoderBuilder builder, int i, WeightMap w) {
        Attention attention = builder.attention(i);
        ModelConfig config = builder.config();
        return w.contains("attn_q_norm.weight")
                ? attention.withNorms(
                        builder.headLayerNorm(w, "attn_q_norm", config.numHeads()),
                        builder.headLayerNorm(w, "attn_k_norm", config.numKvHeads()))
                : attention;
    }
}
