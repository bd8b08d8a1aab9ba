package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;

/**
 * Llama and what is built like it. Query and key rows stand as trained, so that rotary embedding
 * turns elements {@code i} and {@code i + rotaryDim / 2}; GGUF files have them permuted.
 */
final class LlamaFamily implements Family {

    private final String architecture;

    LlamaFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture, config)
                .normEps(config.positive(1e-6, "rms_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return table().build();
    }

    /** Names that most decoders since Llama share. */
    static NameTableBuilder table() {
        return NameTable.builder()
                .prefixes(
                        "model.language_model.",
                        "language_model.model.",
                        "language_model.",
                        "model.")
                .ignoreBelow("vision_tower.", "multi_modal_projector.")
                .ignoreBelow("model.vision_tower.", "model.multi_modal_projector.")
                .ignore("layers.#.self_attn.rotary_emb.inv_freq", "rotary_emb.inv_freq")
                .rename("embed_tokens.weight", "token_embd.weight")
                .rename("norm.*", "output_norm.*")
                .rename("lm_head.*", "output.*")
                .rename("layers.#.input_layernorm.*", "blk.#.attn_norm.*")
                .rename("layers.#.self_attn.q_proj.*", "blk.#.attn_q.*")
                .rename("layers.#.self_attn.k_proj.*", "blk.#.attn_k.*")
                .rename("layers.#.self_attn.v_proj.*", "blk.#.attn_v.*")
                .rename("layers.#.self_attn.o_proj.*", "blk.#.attn_output.*")
                .rename("layers.#.post_attention_layernorm.*", "blk.#.ffn_norm.*")
                .rename("layers.#.mlp.gate_proj.*", "blk.#.ffn_gate.*")
                .rename("layers.#.mlp.up_proj.*", "blk.#.ffn_up.*")
                .rename("layers.#.mlp.down_proj.*", "blk.#.ffn_down.*");
    }
}
