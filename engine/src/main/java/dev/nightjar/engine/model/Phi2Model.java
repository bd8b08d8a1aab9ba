package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Phi-1, Phi-1.5 and Phi-2 (Microsoft 2023): attention and feed-forward side by side on one layer
 * norm, partly rotated heads, biases everywhere, the output head included.
 */
public final class Phi2Model {

    private Phi2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.parallel(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
