package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Qwen1.5 and Qwen2 with experts (Yang et al. 2024, arXiv 2407.10671): attention as in Qwen2,
 * experts weighted by their share of the softmax over all, and an expert for all tokens that a
 * sigmoid weights.
 */
public final class Qwen2MoeModel {

    private Qwen2MoeModel() {}

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
