package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;

/**
 * Falcon: attention and feed-forward side by side, with a norm each in the larger models; query,
 * key and value rows of each group of heads stand together.
 */
final class FalconFamily implements Family {
    private static final int TRAINED_POSITIONS = 2048;

    @Override
    public String architecture() {
        return "falcon";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.unset(config, "alibi");
        Requirements.set(config, "parallel_attn");
        Requirements.ignore(config, "bias", "num_ln_in_parallel_attn");
        int inner = config.optionalSize(HfConfig.MAX_SIZE, "ffn_hidden_size").orElse(0);
        int positions =
                config.optionalSize(HfConfig.MAX_SIZE, "max_position_embeddings")
                        .orElse(TRAINED_POSITIONS);
        DecoderSizes sizes = DecoderSizes.read(config, inner, positions);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .numKvHeads(numKvHeads(config, sizes.numHeads()))
                .intermediateSize(inner == 0 ? 4 * sizes.hiddenSize() : inner)
                .normEps(config.positive(1e-5, "layer_norm_epsilon"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "activation", Activation.GELU))
                .build();
    }

    private static int numKvHeads(HfConfig config, int numHeads) {
        boolean isNew = config.isSet("new_decoder_architecture");
        boolean isSingle = config.isNotUnset("multi_query");
        int stated = config.optionalSize(numHeads, "num_kv_heads", "n_head_kv").orElse(numHeads);
        int numKvHeads = isNew ? stated : isSingle ? 1 : numHeads;
        if (numHeads % numKvHeads != 0) {
            throw config.fields()
                    .error(
                            "num_kv_heads",
                            "expected a divisor of the %d query heads, found %d"
                                    .formatted(numHeads, numKvHeads));
        }
        return numKvHeads;
    }

    @Override
    public NameTable names(ModelConfig config) {
        return NameTable.builder()
                .prefixes("transformer.")
                .rename("word_embeddings.weight", "token_embd.weight")
                .rename("ln_f.*", "output_norm.*")
                .rename("lm_head.weight", "output.weight")
                .rename("h.#.input_layernorm.*", "blk.#.attn_norm.*")
                .rename("h.#.ln_mlp.*", "blk.#.attn_norm.*")
                .rename("h.#.ln_attn.*", "blk.#.attn_norm_2.*")
                .change(
                        "h.#.self_attention.query_key_value.*",
                        "blk.#.attn_qkv.*",
                        FusedHeads.byKind(config))
                .rename("h.#.self_attention.dense.*", "blk.#.attn_output.*")
                .rename("h.#.mlp.dense_h_to_4h.*", "blk.#.ffn_up.*")
                .rename("h.#.mlp.dense_4h_to_h.*", "blk.#.ffn_down.*")
                .build();
    }
}
