package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Command R7B and Command A (Cohere 2024): as Command R, but three of four layers see a window and
 * the fourth, which sees everything, has no positions.
 */
public final class Cohere2Model {

    private Cohere2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.parallel(
                i,
                builder.attentionWithWindowedPositions(i),
                builder.gatedFeedForward(builder.layer(i)));
    }
}
