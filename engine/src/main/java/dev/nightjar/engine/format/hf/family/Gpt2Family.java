package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.backend.Activation;
import java.util.function.UnaryOperator;

/** GPT-2: learned positions; matrices are stored with their inputs as rows. */
final class Gpt2Family implements Family {

    @Override
    public String architecture() {
        return "gpt2";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.set(config, "scale_attn_weights");
        Requirements.unset(config, "scale_attn_by_inverse_layer_idx");
        Requirements.ignore(
                config,
                "reorder_and_upcast_attn",
                "n_special",
                "predict_special_tokens",
                "summary_activation",
                "summary_first_dropout",
                "summary_proj_to_labels",
                "summary_type",
                "summary_use_proj");
        int inner = config.optionalSize(HfConfig.MAX_SIZE, "n_inner").orElse(0);
        DecoderSizes sizes = DecoderSizes.read(config, inner);
        return sizes.builder(architecture(), config)
                .intermediateSize(inner == 0 ? 4 * sizes.hiddenSize() : inner)
                .normEps(config.positive(1e-5, "layer_norm_epsilon"))
                .activation(
                        ActivationNames.read(config, "activation_function", Activation.GELU_TANH))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        UnaryOperator<LazyTensor> flipped = LazyTensor::transposed;
        return NameTable.builder()
                .prefixes("transformer.")
                .ignore("h.#.attn.bias", "h.#.attn.masked_bias")
                .rename("wte.weight", "token_embd.weight")
                .rename("wpe.weight", "position_embd.weight")
                .rename("lm_head.weight", "output.weight")
                .rename("ln_f.*", "output_norm.*")
                .rename("h.#.ln_1.*", "blk.#.attn_norm.*")
                .change("h.#.attn.c_attn.*", "blk.#.attn_qkv.*", flipped)
                .change("h.#.attn.c_proj.*", "blk.#.attn_output.*", flipped)
                .rename("h.#.ln_2.*", "blk.#.ffn_norm.*")
                .change("h.#.mlp.c_fc.*", "blk.#.ffn_up.*", flipped)
                .change("h.#.mlp.c_proj.*", "blk.#.ffn_down.*", flipped)
                .build();
    }
}
