package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.kernels.backend.Backend;

/**
 * Llama 1 to 3 and what is built like it (Touvron et al. 2023, arXiv 2302.13971; Grattafiori et al.
 * 2024, arXiv 2407.21783): pre-norm blocks of grouped-query attention with rotary positions and a
 * SwiGLU feed-forward, RMSNorm, output head of its own or tied to the embedding. Mistral (Jiang et
 * al. 2023, arXiv 2310.06825) adds a sliding window, Mixtral (2024, arXiv 2401.04088) experts; both
 * come under this name.
 *
 * <p>GGUF permutes query and key rows so that rotary embedding turns adjacent pairs; the
 * configuration says which style the weights have.
 */
public final class LlamaModel {

    private LlamaModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(i, builder.attention(i), ExpertLayers.mlp(builder, i));
    }
}
