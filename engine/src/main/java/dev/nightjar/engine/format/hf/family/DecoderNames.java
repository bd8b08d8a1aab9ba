package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.lazy.LazyTensor;

/** The names that most decoders since Llama share. */
final class DecoderNames {

    private DecoderNames() {}

    /** Embedding, final norm and output head, attention, the first norm of each layer. */
    static NameTableBuilder attention() {
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
                .rename("layers.#.self_attn.o_proj.*", "blk.#.attn_output.*");
    }

    /** As {@link #attention}, with the second norm and a gated feed-forward. */
    static NameTableBuilder decoder() {
        return feedForward(attention())
                .rename("layers.#.post_attention_layernorm.*", "blk.#.ffn_norm.*");
    }

    /** Adds a gated feed-forward. */
    static NameTableBuilder feedForward(NameTableBuilder table) {
        return table.rename("layers.#.mlp.gate_proj.*", "blk.#.ffn_gate.*")
                .rename("layers.#.mlp.up_proj.*", "blk.#.ffn_up.*")
                .rename("layers.#.mlp.down_proj.*", "blk.#.ffn_down.*");
    }

    /** Adds norms of query and key heads. */
    static NameTableBuilder headNorms(NameTableBuilder table) {
        String attention = "layers.#.self_attn.";
        return table.change(
                        attention + "q_norm.weight", "blk.#.attn_q_norm.weight", LazyTensor::floats)
                .change(
                        attention + "k_norm.weight",
                        "blk.#.attn_k_norm.weight",
                        LazyTensor::floats);
    }

    /** Adds a router and experts, each with tensors of its own, or all in one. */
    static NameTableBuilder experts(NameTableBuilder table) {
        return table.rename("layers.#.mlp.gate.weight", "blk.#.ffn_gate_inp.weight")
                .rename("layers.#.mlp.experts.#.gate_proj.weight", "blk.#.ffn_gate.#.weight")
                .rename("layers.#.mlp.experts.#.up_proj.weight", "blk.#.ffn_up.#.weight")
                .rename("layers.#.mlp.experts.#.down_proj.weight", "blk.#.ffn_down.#.weight")
                .rename("layers.#.mlp.experts.down_proj", "blk.#.ffn_down_exps.weight")
                .rename("layers.#.mlp.experts.gate_up_proj", "blk.#.ffn_gate_up_exps.weight");
    }
}
