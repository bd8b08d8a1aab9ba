package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * MPT (MosaicML 2023): ALiBi or learned positions, layer norms without biases, a feed-forward
 * without a gate; queries, keys and values are clamped in some models.
 */
public final class MptModel {

    private MptModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        if (weights.contains("position_embd.weight")) {
            builder.withPositions("position_embd.weight");
        }
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.layerPreNorm(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
