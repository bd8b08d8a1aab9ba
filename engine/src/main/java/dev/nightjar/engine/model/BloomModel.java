package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * BLOOM and BLOOMZ (BigScience 2022, arXiv 2211.05100): ALiBi in place of position embeddings
 * (Press et al. 2021, arXiv 2108.12409), a norm of the embeddings, layer norm, biases everywhere.
 */
public final class BloomModel {

    private BloomModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.withEmbeddingNorm(builder.layerNorm(weights, "token_embd_norm"))
                .build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.layerPreNorm(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
