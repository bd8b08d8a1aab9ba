package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Qwen3 (Yang et al. 2025, arXiv 2505.09388): blocks as in Llama, with an RMSNorm of each query and
 * key head before the rotation, and heads whose size does not follow from the hidden size.
 */
public final class Qwen3Model {

    private Qwen3Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        Attention attention = builder.withHeadRmsNorms(i, builder.attention(i));
        return builder.rmsPreNorm(i, attention, builder.gatedFeedForward(builder.layer(i)));
    }
}
