package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.ParallelBlock;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * GPT-NeoX and Pythia (Black et al. 2022, arXiv 2204.06745): layer norms, partly rotated heads,
 * biases everywhere; attention and feed-forward side by side with a norm each, or one after the
 * other.
 */
public final class GptNeoxModel {

    private GptNeoxModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.layerNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Norm norm = builder.layerNorm(w, "attn_norm");
        Norm mlpNorm = builder.layerNorm(w, "ffn_norm");
        Mlp mlp = builder.plainFeedForward(w);
        return builder.config().parallelResidual()
                ? new ParallelBlock(
                        builder.backend(), norm, Optional.of(mlpNorm), builder.attention(i), mlp)
                : builder.preNorm(norm, builder.attention(i), mlpNorm, mlp);
    }
}
