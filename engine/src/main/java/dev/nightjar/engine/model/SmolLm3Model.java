package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention.Rotation;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/**
 * SmolLM3 (Hugging Face 2025): blocks as in Llama, but every fourth one has no positions at all
 * (NoPE, Kazemnejad et al. 2023, arXiv 2305.19466).
 */
public final class SmolLm3Model {

    private SmolLm3Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static final int NO_POSITIONS_EVERY = 4;

    private static Block block(DecoderBuilder builder, int i) {
        boolean hasPositions = (i + 1) % NO_POSITIONS_EVERY != 0;
        Optional<Rotation> rotation = hasPositions ? builder.rotation(i) : Optional.empty();
        return builder.rmsPreNorm(
                i,
                builder.attention(i, builder.spec(i), rotation),
                builder.gatedFeedForward(builder.layer(i)));
    }
}
