package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.engine.format.hf.WindowReader;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Gemma 1 to 3. Norm weights are stored less one. Embeddings are scaled by the root of the hidden
 * size; scores by the root of {@code query_pre_attn_scalar}.
 */
final class GemmaFamily implements Family {
    /** Configurations of models that see too leave out what their library has as default. */
    private static final Map<String, Integer> DEFAULTS =
            Map.of(
                    "num_attention_heads", 8,
                    "num_key_value_heads", 4,
                    "head_dim", 256,
                    "vocab_size", 262_208,
                    "max_position_embeddings", 131_072,
                    "query_pre_attn_scalar", 256,
                    "sliding_window", 4096);

    private final String architecture;

    /** Of {@code gemma}, {@code gemma2} or {@code gemma3}. */
    GemmaFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.unset(config, "use_bidirectional_attention");
        Requirements.ignore(config, "hidden_act", "sliding_window_size");
        boolean is3 = architecture.equals("gemma3");
        if (is3) {
            DEFAULTS.forEach(config::assume);
        }
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = rope(config, sizes, is3 ? 1_000_000 : 10_000);
        Optional<RopeConfig> local = is3 ? Optional.of(localRope(config, sizes)) : Optional.empty();
        int fullEvery = is3 ? 6 : 2;
        double scalar = config.positive(sizes.headDim(), "query_pre_attn_scalar");
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture, config)
                .normEps(config.positive(1e-6, "rms_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_activation", Activation.GELU_TANH))
                .slidingWindow(WindowReader.read(config, sizes.numLayers(), fullEvery, local))
                .embeddingScale(Math.sqrt(sizes.hiddenSize()))
                .attentionScale(1 / Math.sqrt(scalar))
                .attentionSoftCap(config.positive(0, "attn_logit_softcapping"))
                .logitSoftCap(config.positive(0, "final_logit_softcapping"))
                .build();
    }

    private static RopeReader.Result rope(HfConfig config, DecoderSizes sizes, double theta) {
        Optional<JsonFields> full = nested(config, "full_attention");
        RopeStyle style = RopeStyle.HALF_SPLIT;
        return full.isPresent()
                ? RopeReader.of(config, full, style, sizes.headDim(), sizes.maxPositions(), theta)
                : RopeReader.read(config, style, sizes, theta);
    }

    /** Of layers with a window: a base of its own, positions as they are. */
    private static RopeConfig localRope(HfConfig config, DecoderSizes sizes) {
        double outer = config.positive(10_000, "rope_local_base_freq");
        double theta =
                nested(config, "sliding_attention")
                        .map(keys -> keys.optionalPositive("rope_theta").orElse(outer))
                        .orElse(outer);
        return new RopeConfig(
                RopeStyle.HALF_SPLIT, theta, sizes.headDim(), List.of(), new RopeScaling.None());
    }

    /** Newer configurations have rotary parameters per type of layer. */
    private static Optional<JsonFields> nested(HfConfig config, String type) {
        return config.fields()
                .optionalFields("rope_parameters")
                .flatMap(parameters -> parameters.optionalFields(type));
    }

    @Override
    public NameTable names(ModelConfig config) {
        UnaryOperator<LazyTensor> norm = weight -> weight.plus(1);
        NameTableBuilder table = DecoderNames.feedForward(DecoderNames.attention());
        String layer = "layers.#.";
        table.change("norm.weight", "output_norm.weight", norm)
                .change(layer + "input_layernorm.weight", "blk.#.attn_norm.weight", norm);
        if (architecture.equals("gemma")) {
            String second = layer + "post_attention_layernorm.weight";
            return table.change(second, "blk.#.ffn_norm.weight", norm).build();
        }
        return table.change(layer + "self_attn.q_norm.weight", "blk.#.attn_q_norm.weight", norm)
                .change(layer + "self_attn.k_norm.weight", "blk.#.attn_k_norm.weight", norm)
                .change(
                        layer + "post_attention_layernorm.weight",
                        "blk.#.post_attention_norm.weight",
                        norm)
                .change(layer + "pre_feedforward_layernorm.weight", "blk.#.ffn_norm.weight", norm)
                .change(
                        layer + "post_feedforward_layernorm.weight",
                        "blk.#.post_ffw_norm.weight",
                        norm)
                .build();
    }
}
