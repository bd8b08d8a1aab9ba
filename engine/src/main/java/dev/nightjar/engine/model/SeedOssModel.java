package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Seed-OSS (ByteDance 2025): blocks as in Llama with biases on queries, keys and values. The norm
 * before the feed-forward is called {@code post_attention_norm} in files.
 */
public final class SeedOssModel {

    private SeedOssModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        return builder.preNorm(
                builder.rmsNorm(w, "attn_norm"),
                builder.attention(i),
                builder.rmsNorm(w, "post_attention_norm"),
                builder.gatedFeedForward(w));
    }
}
