package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Qwen3 with experts (Yang et al. 2025, arXiv 2505.09388): attention as in Qwen3, experts chosen by
 * softmax, their weights normalized.
 */
public final class Qwen3MoeModel {

    private Qwen3MoeModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        Attention attention = builder.withHeadRmsNorms(i, builder.attention(i));
        return builder.rmsPreNorm(i, attention, ExpertLayers.mlp(builder, i));
    }
}
