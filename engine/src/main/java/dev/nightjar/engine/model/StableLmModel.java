package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.ParallelBlock;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * StableLM 2 (Bellagente et al. 2024, arXiv 2402.17834): partly rotated heads, layer norm, a gated
 * feed-forward. The larger model normalizes query and key heads and has attention and feed-forward
 * side by side, which shows in the missing second norm.
 */
public final class StableLmModel {

    private StableLmModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Norm norm = builder.layerNorm(w, "attn_norm");
        Attention attention = attention(builder, i, w);
        Mlp mlp = builder.gatedFeedForward(w);
        return w.contains("ffn_norm.weight")
                ? builder.preNorm(norm, attention, builder.layerNorm(w, "ffn_norm"), mlp)
                : new ParallelBlock(builder.backend(), norm, Optional.empty(), attention, mlp);
    }

    private static Attention attention(DecoderBuilder builder, int i, WeightMap w) {
        Attention attention = builder.attention(i);
        ModelConfig config = builder.config();
        return w.contains("attn_q_norm.weight")
                ? attention.withNorms(
                        builder.headLayerNorm(w, "attn_q_norm", config.numHeads()),
                        builder.headLayerNorm(w, "attn_k_norm", config.numKvHeads()))
                : attention;
    }
}
