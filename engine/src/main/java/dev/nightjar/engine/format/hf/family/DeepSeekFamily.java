package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.tensor.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * DeepSeek-V2, V3 and R1: keys and values through a latent vector. The projection up from it,
 * {@code kv_b_proj} with {@code [nope + value, rank]} per head, is split into one of keys,
 * transposed, and one of values, as attention on the latent vector needs them.
 */
final class DeepSeekFamily implements Family {
    private static final int MAX_DIM = HfConfig.MAX_HEAD_DIM;

    @Override
    public String architecture() {
        return "deepseek2";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.ignore(config, "qk_head_dim", "rope_interleave", "head_dim");
        DecoderSizes sizes = DecoderSizes.read(config);
        LatentAttention latent =
                new LatentAttention(
                        config.optionalSize(HfConfig.MAX_SIZE, "q_lora_rank").orElse(0),
                        config.size(HfConfig.MAX_SIZE, "kv_lora_rank"),
                        config.size(MAX_DIM, "qk_nope_head_dim"),
                        config.size(MAX_DIM, "qk_rope_head_dim"),
                        config.size(MAX_DIM, "v_head_dim"));
        RopeReader.Result rope =
                RopeReader.read(
                        config,
                        RopeStyle.ADJACENT,
                        latent.ropeHeadDim(),
                        sizes.maxPositions(),
                        10_000);
        int headDim = latent.nopeHeadDim() + latent.ropeHeadDim();
        double magnitude = magnitude(config, rope.rope());
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .numKvHeads(1)
                .headDim(headDim)
                .normEps(config.positive(1e-6, "rms_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU))
                .latentAttention(Optional.of(latent))
                .attentionScale(magnitude * magnitude / Math.sqrt(headDim))
                .experts(experts(config, sizes.numLayers()))
                .build();
    }

    /** What YaRN multiplies scores with, beside its factor on sine and cosine; its root. */
    private static double magnitude(HfConfig config, RopeConfig rope) {
        double allDim =
                config.fields()
                        .optionalFields("rope_scaling")
                        .or(() -> config.fields().optionalFields("rope_parameters"))
                        .map(keys -> keys.optionalNumber("mscale_all_dim").orElse(0))
                        .orElse(0.0);
        return rope.scaling() instanceof RopeScaling.Yarn yarn
                ? RopeReader.magnitude(yarn.factor(), allDim)
                : 1;
    }

    private static Optional<ExpertsConfig> experts(HfConfig config, int numLayers) {
        if (!config.fields().contains("n_routed_experts")) {
            return Optional.empty();
        }
        Requirements.number(config, "moe_layer_freq", 1);
        int expertSize = config.size(HfConfig.MAX_SIZE, "moe_intermediate_size");
        long shared = config.fields().optionalInteger("n_shared_experts").orElse(0);
        long dense = config.fields().optionalInteger("first_k_dense_replace").orElse(0);
        if (shared < 0 || shared > HfConfig.MAX_SIZE / expertSize) {
            throw config.fields()
                    .error("n_shared_experts", "expected a small number, found " + shared);
        }
        if (dense < 0 || dense > numLayers) {
            throw config.fields()
                    .error(
                            "first_k_dense_replace",
                            "expected 0 to %d, found %d".formatted(numLayers, dense));
        }
        return Optional.of(
                new ExpertsConfig(
                        routing(config), expertSize, (int) shared * expertSize, (int) dense));
    }

    private static ExpertRouting routing(HfConfig config) {
        boolean isV2 = config.modelType().equals("deepseek_v2");
        String scoring =
                config.fields().optionalText("scoring_func").orElse(isV2 ? "softmax" : "sigmoid");
        String method =
                config.fields().optionalText("topk_method").orElse(isV2 ? "greedy" : "noaux_tc");
        boolean isKnown =
                method.equals("greedy") && isV2
                        || method.equals("noaux_tc") && scoring.equals("sigmoid");
        if (!isKnown || !scoring.equals("softmax") && !scoring.equals("sigmoid")) {
            throw config.fields()
                    .error(
                            "topk_method",
                            "expected greedy with softmax or noaux_tc with sigmoid, found %s with %s"
                                    .formatted(method, scoring));
        }
        Weights weights =
                config.fields().optionalBoolean("norm_topk_prob").orElse(!isV2)
                        ? Weights.NORMALIZED
                        : Weights.SCORES;
        int numGroups = config.optionalSize(HfConfig.MAX_SIZE, "n_group").orElse(1);
        int numGroupsUsed = config.optionalSize(HfConfig.MAX_SIZE, "topk_group").orElse(1);
        boolean isGrouped = method.equals("noaux_tc") && numGroups > 1;
        return ExpertKeys.routing(
                config,
                scoring.equals("softmax") ? Scoring.SOFTMAX : Scoring.SIGMOID,
                weights,
                isV2 && weights == Weights.NORMALIZED
                        ? 1
                        : config.positive(1, "routed_scaling_factor"),
                isGrouped ? numGroups : 1,
                isGrouped ? numGroupsUsed : 1);
    }

    @Override
    public NameTable names(ModelConfig config) {
        LatentAttention latent = config.latentAttention().orElseThrow();
        String attention = "layers.#.self_attn.";
        String shared = "layers.#.mlp.shared_experts.";
        return DecoderNames.experts(DecoderNames.decoder())
                .layers(config.numLayers())
                .rename(attention + "q_a_proj.weight", "blk.#.attn_q_a.weight")
                .rename(attention + "q_a_layernorm.weight", "blk.#.attn_q_a_norm.weight")
                .rename(attention + "q_b_proj.weight", "blk.#.attn_q_b.weight")
                .rename(attention + "kv_a_proj_with_mqa.weight", "blk.#.attn_kv_a_mqa.weight")
                .rename(attention + "kv_a_layernorm.weight", "blk.#.attn_kv_a_norm.weight")
                .expand(
                        attention + "kv_b_proj.weight",
                        (tensor, names) ->
                                Map.of(
                                        names.apply("blk.#.attn_k_b.weight"),
                                        keysUp(tensor, config.numHeads(), latent),
                                        names.apply("blk.#.attn_v_b.weight"),
                                        valuesUp(tensor, config.numHeads(), latent)))
                .rename("layers.#.mlp.gate.e_score_correction_bias", "blk.#.exp_probs_b.bias")
                .rename(shared + "gate_proj.weight", "blk.#.ffn_gate_shexp.weight")
                .rename(shared + "up_proj.weight", "blk.#.ffn_up_shexp.weight")
                .rename(shared + "down_proj.weight", "blk.#.ffn_down_shexp.weight")
                .build();
    }

    /** {@code [H * (nope + value), rank]} to {@code [H, rank, nope]}. */
    private static LazyTensor keysUp(LazyTensor tensor, int heads, LatentAttention latent) {
        int nope = latent.nopeHeadDim();
        return part(tensor, heads, latent, 0, nope)
                .reshaped(new Shape(heads, nope, tensor.shape().cols()))
                .transposed();
    }

    /** {@code [H * (nope + value), rank]} to {@code [H, value, rank]}. */
    private static LazyTensor valuesUp(LazyTensor tensor, int heads, LatentAttention latent) {
        int value = latent.valueHeadDim();
        return part(tensor, heads, latent, latent.nopeHeadDim(), value)
                .reshaped(new Shape(heads, value, tensor.shape().cols()));
    }

    private static LazyTensor part(
            LazyTensor tensor, int heads, LatentAttention latent, int from, int count) {
        int head = latent.nopeHeadDim() + latent.valueHeadDim();
        if (tensor.shape().rank() != 2 || tensor.shape().dim(0) != (long) heads * head) {
            throw new IllegalArgumentException(
                    "expected %d rows, found %s".formatted((long) heads * head, tensor.shape()));
        }
        return tensor.gathered(
                IntStream.range(0, heads)
                        .flatMap(h -> IntStream.range(h * head + from, h * head + from + count))
                        .toArray());
    }
}
