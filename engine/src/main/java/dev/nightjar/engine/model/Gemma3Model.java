package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.SequentialBlock.Half;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * Gemma 3 (Gemma Team 2025, arXiv 2503.19786): as Gemma 2, with an RMSNorm of each query and key
 * head in place of the soft caps; five of six layers see a window only and have rotary frequencies
 * of their own.
 */
public final class Gemma3Model {

    private Gemma3Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Attention attention = builder.withHeadRmsNorms(i, builder.attention(i));
        return builder.sandwich(
                new Half<>(
                        Optional.of(builder.rmsNorm(w, "attn_norm")),
                        attention,
                        Optional.of(builder.rmsNorm(w, "post_attention_norm"))),
                new Half<>(
                        Optional.of(builder.rmsNorm(w, "ffn_norm")),
                        builder.gatedFeedForward(w),
                        Optional.of(builder.rmsNorm(w, "post_ffw_norm"))));
    }
}
