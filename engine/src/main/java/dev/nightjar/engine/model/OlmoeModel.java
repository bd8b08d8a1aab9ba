package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Attention;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.kernels.backend.Backend;
import java.util.List;

/**
 * OLMoE (Muennighoff et al. 2024, arXiv 2409.02060): blocks as in Llama with experts, and an
 * RMSNorm of all queries together and of all keys together.
 */
public final class OlmoeModel {

    private OlmoeModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        Linear qkvProj = qkv(builder, builder.layer(i));
        Attention attention = builder.attention(i, builder.spec(i), builder.rotation(i), qkvProj);
        return builder.rmsPreNorm(
                i, builder.withWholeRmsNorms(i, attention), ExpertLayers.mlp(builder, i));
    }

    /** Without biases, even if a file has some. */
    private static Linear qkv(DecoderBuilder builder, WeightMap w) {
        ModelConfig config = builder.config();
        return builder.linear(
                bare(builder, w, "attn_q", config.numHeads() * config.headDim()),
                bare(builder, w, "attn_k", config.numKvHeads() * config.headDim()),
                bare(builder, w, "attn_v", config.numKvHeads() * config.headDim()));
    }

    private static Linear.Part bare(DecoderBuilder builder, WeightMap w, String name, int out) {
        List.of(".bias", ".scale", ".input_scale").forEach(suffix -> w.ignore(name + suffix));
        return Linear.Part.of(w.matrix(name + ".weight", out, builder.config().hiddenSize()));
    }
}
