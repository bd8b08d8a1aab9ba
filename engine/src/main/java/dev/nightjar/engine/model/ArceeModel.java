package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * AFM (Arcee AI 2025): blocks as in Llama, but the feed-forward has no gate and squares what is
 * above 0 (So et al. 2021, arXiv 2109.08668).
 */
public final class ArceeModel {

    private ArceeModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(
                i, builder.attention(i), builder.plainFeedForward(builder.layer(i)));
    }
}
