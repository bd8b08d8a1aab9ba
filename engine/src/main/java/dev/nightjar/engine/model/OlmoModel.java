package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * OLMo (Groeneveld et al. 2024, arXiv 2402.00838): blocks as in Llama with layer norms that have no
 * weights; queries, keys and values are clamped in some models.
 */
public final class OlmoModel {

    private OlmoModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.plainLayerNorm());
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.preNorm(
                builder.plainLayerNorm(),
                builder.attention(i),
                builder.plainLayerNorm(),
                builder.gatedFeedForward(builder.layer(i)));
    }
}
