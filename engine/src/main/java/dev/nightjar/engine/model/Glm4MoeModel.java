package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * GLM-4.5 and 4.6 (Zhipu AI 2025, arXiv 2508.06471): partly rotated heads with biases, RMSNorms of
 * heads in the larger model, experts chosen by sigmoid with a bias and a shared one. The norm
 * before the feed-forward is called {@code post_attention_norm} in files.
 */
public final class Glm4MoeModel {

    private Glm4MoeModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Attention attention = builder.attention(i);
        boolean hasHeadNorms = w.contains("attn_q_norm.weight");
        return builder.preNorm(
                builder.rmsNorm(w, "attn_norm"),
                hasHeadNorms ? builder.withHeadRmsNorms(i, attention) : attention,
                builder.rmsNorm(w, "post_attention_norm"),
                ExpertLayers.mlp(builder, i));
    }
}
