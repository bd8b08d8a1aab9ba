package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Granite 3 (IBM 2024): blocks as in Llama; embeddings, attention scores, what a branch adds to the
 * residual stream and logits each have a factor from the configuration.
 */
public final class GraniteModel {

    private GraniteModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(i, builder.attention(i), ExpertLayers.mlp(builder, i));
    }
}
