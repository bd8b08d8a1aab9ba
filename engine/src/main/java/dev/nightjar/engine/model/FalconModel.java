package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.ParallelBlock;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * Falcon (Almazrouei et al. 2023, arXiv 2311.16867): attention and feed-forward side by side; the
 * larger models give attention a norm of its own, {@code attn_norm_2}.
 */
public final class FalconModel {

    private FalconModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Norm norm = builder.layerNorm(w, "attn_norm");
        boolean hasTwo = w.contains("attn_norm_2.weight");
        return new ParallelBlock(
                builder.backend(),
                hasTwo ? builder.layerNorm(w, "attn_norm_2") : norm,
                hasTwo ? Optional.of(norm) : Optional.empty(),
                builder.attention(i),
                builder.plainFeedForward(w));
    }
}
