package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.kernels.backend.Backend;

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
        Attention attention = builder.withOptionalHeadLayerNorms(i, builder.attention(i));
        Mlp mlp = builder.gatedFeedForward(builder.layer(i));
        return builder.layer(i).contains("ffn_norm.weight")
                ? builder.layerPreNorm(i, attention, mlp)
                : builder.parallel(i, attention, mlp);
    }
}
