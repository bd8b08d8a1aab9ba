package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.kernels.backend.Activation;

/** BLOOM: ALiBi; query, key and value rows of each head stand together. */
final class BloomFamily implements Family {
    private static final int TRAINED_POSITIONS = 2048;
    private static final double MAX_ALIBI_BIAS = 8;

    @Override
    public String architecture() {
        return "bloom";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.unset(config, "apply_residual_connection_post_layernorm");
        Requirements.ignore(
                config,
                "attention_softmax_in_fp32",
                "bias_dropout_fusion",
                "masked_softmax_fusion",
                "offset_alibi",
                "skip_bias_add",
                "skip_bias_add_qkv",
                "slow_but_exact",
                "unk_token_id");
        int inner = config.optionalSize(HfConfig.MAX_SIZE, "n_inner").orElse(0);
        int positions =
                config.optionalSize(HfConfig.MAX_SIZE, "seq_length").orElse(TRAINED_POSITIONS);
        DecoderSizes sizes = DecoderSizes.read(config, inner, positions);
        return sizes.builder(architecture(), config)
                .intermediateSize(inner == 0 ? 4 * sizes.hiddenSize() : inner)
                .normEps(config.positive(1e-5, "layer_norm_epsilon"))
                .activation(Activation.GELU_TANH)
                .maxAlibiBias(MAX_ALIBI_BIAS)
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return NameTable.builder()
                .prefixes("transformer.")
                .rename("word_embeddings.weight", "token_embd.weight")
                .rename("word_embeddings_layernorm.*", "token_embd_norm.*")
                .rename("ln_f.*", "output_norm.*")
                .rename("lm_head.weight", "output.weight")
                .rename("h.#.input_layernorm.*", "blk.#.attn_norm.*")
                .change(
                        "h.#.self_attention.query_key_value.*",
                        "blk.#.attn_qkv.*",
                        FusedHeads.byKind(config))
                .rename("h.#.self_attention.dense.*", "blk.#.attn_output.*")
                .rename("h.#.post_attention_layernorm.*", "blk.#.ffn_norm.*")
                .rename("h.#.mlp.dense_h_to_4h.*", "blk.#.ffn_up.*")
                .rename("h.#.mlp.dense_4h_to_h.*", "blk.#.ffn_down.*")
                .build();
    }
}
