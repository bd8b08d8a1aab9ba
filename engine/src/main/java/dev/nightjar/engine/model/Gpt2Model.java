package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * GPT-2 (Radford et al. 2019): learned positions, layer norm, biases everywhere, a feed-forward
 * with the tanh form of GELU.
 */
public final class Gpt2Model {

    private Gpt2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.withPositions("position_embd.weight")
                .build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.layerPreNorm(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
