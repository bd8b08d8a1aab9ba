package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Attention.HeadNorms.Place;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Hunyuan (Tencent 2025), dense or with experts and a shared one: blocks as in Llama, with an
 * RMSNorm of each query and key head after the rotation.
 */
public final class HunyuanModel {

    private HunyuanModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        Attention attention =
                builder.withHeadRmsNorms(i, builder.attention(i), Place.AFTER_ROTATION);
        return builder.rmsPreNorm(i, attention, ExpertLayers.mlp(builder, i));
    }
}
