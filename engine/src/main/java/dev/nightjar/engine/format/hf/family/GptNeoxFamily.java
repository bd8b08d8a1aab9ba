package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;

/** GPT-NeoX and Pythia: partly rotated heads; query, key and value rows of each head together. */
final class GptNeoxFamily implements Family {

    @Override
    public String architecture() {
        return "gptneox";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .normEps(config.positive(1e-5, "layer_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.GELU))
                .parallelResidual(config.isNotUnset("use_parallel_residual"))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        String attention = "layers.#.attention.";
        return NameTable.builder()
                .prefixes("gpt_neox.")
                .ignore(
                        attention + "bias",
                        attention + "masked_bias",
                        attention + "rotary_emb.inv_freq")
                .rename("embed_in.weight", "token_embd.weight")
                .rename("embed_out.weight", "output.weight")
                .rename("final_layer_norm.*", "output_norm.*")
                .rename("layers.#.input_layernorm.*", "blk.#.attn_norm.*")
                .rename("layers.#.post_attention_layernorm.*", "blk.#.ffn_norm.*")
                .change(
                        attention + "query_key_value.*",
                        "blk.#.attn_qkv.*",
                        FusedHeads.byKind(config))
                .rename(attention + "dense.*", "blk.#.attn_output.*")
                .rename("layers.#.mlp.dense_h_to_4h.*", "blk.#.ffn_up.*")
                .rename("layers.#.mlp.dense_4h_to_h.*", "blk.#.ffn_down.*")
                .build();
    }
}
