package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Phi-3 and Phi-4-mini (Abdin et al. 2024, arXiv 2404.14219): blocks as in Llama with fused
 * projections; long-context variants have LongRoPE, some a sliding window.
 */
public final class Phi3Model {

    private Phi3Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(
                i, builder.attention(i), builder.gatedFeedForward(builder.layer(i)));
    }
}
