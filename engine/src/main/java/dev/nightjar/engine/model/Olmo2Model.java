package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.SequentialBlock.Half;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * OLMo 2 (OLMo Team 2024, arXiv 2501.00656): norms of what each half of a block adds and none of
 * its input, and an RMSNorm of all queries together and of all keys together.
 */
public final class Olmo2Model {

    private Olmo2Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Attention attention = builder.withWholeRmsNorms(i, builder.attention(i));
        return builder.sandwich(
                new Half<>(
                        Optional.empty(),
                        attention,
                        Optional.of(builder.rmsNorm(w, "post_attention_norm"))),
                new Half<>(
                        Optional.empty(),
                        builder.gatedFeedForward(w),
                        Optional.of(builder.rmsNorm(w, "post_ffw_norm"))));
    }
}
