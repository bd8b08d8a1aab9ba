package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.SequentialBlock.Half;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * EXAONE 4 (LG AI Research 2025, arXiv 2507.11407): norms of what each half of a block adds, an
 * RMSNorm of each query and key head; in the larger model three of four layers see a window, and
 * the fourth has no positions.
 */
public final class Exaone4Model {

    private Exaone4Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Attention attention =
                builder.withHeadRmsNorms(i, builder.attentionWithWindowedPositions(i));
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
