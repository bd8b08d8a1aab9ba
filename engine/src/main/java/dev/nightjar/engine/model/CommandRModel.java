package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

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
        Attention attention = builder.withOptionalHeadLayerNorms(i, builder.attention(i));
        return builder.parallel(i, attention, builder.gatedFeedForward(builder.layer(i)));
    }
}
