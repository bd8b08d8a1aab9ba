package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/** Orion (OrionStar 2024, arXiv 2401.12246): blocks as in Llama with layer norms. */
public final class OrionModel {

    private OrionModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.layerPreNorm(
                i, builder.attention(i), builder.gatedFeedForward(builder.layer(i)));
    }
}
