package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * StarCoder2 (Lozhkov et al. 2024, arXiv 2402.19173): rotary positions, layer norm, biases, a
 * feed-forward without a gate.
 */
public final class Starcoder2Model {

    private Starcoder2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.layerPreNorm(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
