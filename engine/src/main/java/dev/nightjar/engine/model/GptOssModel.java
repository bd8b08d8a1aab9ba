package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.MixtureOfExperts;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.tensor.Tensor;

/**
 * gpt-oss (OpenAI 2025, arXiv 2508.10925): attention with sinks, every other layer with a window,
 * YaRN; experts with biases, a clamped gate, and weights that are the softmax of the chosen logits.
 * The norm before the feed-forward is called {@code post_attention_norm} in files.
 */
public final class GptOssModel {

    private GptOssModel() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static final float GATE_ALPHA = 1.702f;
    private static final float GATE_LIMIT = 7;

    private static Block block(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        Tensor sinks = w.vector("attn_sinks.weight", builder.config().numHeads());
        AttentionSpec spec = builder.spec(i).withSinks(builder.vector(sinks));
        return builder.preNorm(
                builder.rmsNorm(w, "attn_norm"),
                builder.attention(i, spec, builder.rotation(i)),
                builder.rmsNorm(w, "post_attention_norm"),
                ExpertLayers.mixture(builder, w, gate(builder.backend())));
    }

    private static MixtureOfExperts.Gate gate(Backend backend) {
        return (gateUp, n, out) -> backend.clampedGate(gateUp, GATE_ALPHA, GATE_LIMIT, n, out);
    }
}
