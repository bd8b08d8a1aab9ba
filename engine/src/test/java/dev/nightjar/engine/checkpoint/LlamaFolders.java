package dev.nightjar.engine.checkpoint;

import static dev.nightjar.engine.checkpoint.GoldenFolders.four;
import static dev.nightjar.engine.checkpoint.GoldenFolders.two;

/** Golden models whose names and layouts are those of Llama. */
final class LlamaFolders {

    private LlamaFolders() {}

    static GoldenFolder llama() {
        return llama("llama", "\"rope_theta\": 10000.0");
    }

    static GoldenFolder linearRope() {
        return llama("llama-linear-rope", ROPE_LINEAR);
    }

    static GoldenFolder yarn() {
        return llama("llama-yarn", ROPE_YARN);
    }

    private static final String ROPE_LINEAR =
            "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}";
    private static final String ROPE_YARN =
            "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0,"
                    + " \"original_max_position_embeddings\": 256}";

    private static GoldenFolder llama(String golden, String rope) {
        return permuted(
                GoldenFolder.decoder(golden, four("llama", "\"rms_norm_eps\": 1e-5, " + rope)),
                4,
                2);
    }

    /**
     * Converters permute the rows of these; models are trained with the halves of each head apart.
     */
    private static GoldenFolder permuted(GoldenFolder folder, int heads, int kvHeads) {
        String attention = "model.layers.#.self_attn.";
        return folder.both("blk.#.attn_q", attention + "q_proj", t -> t.unpermuted(heads))
                .both("blk.#.attn_k", attention + "k_proj", t -> t.unpermuted(kvHeads));
    }

    static GoldenFolder mixtral() {
        String keys =
                """
                "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "sliding_window": null,
                "num_local_experts": 4, "num_experts_per_tok": 2""";
        String experts = "model.layers.#.block_sparse_moe.experts.@.";
        return permuted(GoldenFolder.decoder("mixtral", four("mixtral", keys)), 4, 2)
                .name("blk.#.ffn_gate_inp.weight", "model.layers.#.block_sparse_moe.gate.weight")
                .experts("blk.#.ffn_gate_exps.weight", experts + "w1.weight")
                .experts("blk.#.ffn_down_exps.weight", experts + "w2.weight")
                .experts("blk.#.ffn_up_exps.weight", experts + "w3.weight");
    }

    static GoldenFolder smolLm3() {
        String keys =
                """
                "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "no_rope_layers": [1, 1],
                "no_rope_layer_interval": 4, "use_sliding_window": false, "max_window_layers": 28,
                "layer_types": ["full_attention", "full_attention"]""";
        return permuted(GoldenFolder.decoder("smollm3", two("smollm3", keys)), 2, 2);
    }

    static GoldenFolder qwen2() {
        String keys =
                """
                "rms_norm_eps": 1e-6, "rope_theta": 1000000.0, "use_sliding_window": false,
                "sliding_window": 131072, "max_window_layers": 28, "tie_word_embeddings": true""";
        return GoldenFolder.decoder("qwen2", four("qwen2", keys));
    }

    static GoldenFolder qwen3() {
        String keys =
                """
                "head_dim": 48, "rms_norm_eps": 1e-6, "rope_theta": 1000000,
                "use_sliding_window": false, "sliding_window": null, "max_window_layers": 3,
                "tie_word_embeddings": true, "attention_bias": false, "torch_dtype": "float16\"""";
        return headNorms(GoldenFolder.decoder("qwen3", four("qwen3", keys)));
    }

    private static GoldenFolder headNorms(GoldenFolder folder) {
        return folder.name("blk.#.attn_q_norm.weight", "model.layers.#.self_attn.q_norm.weight")
                .name("blk.#.attn_k_norm.weight", "model.layers.#.self_attn.k_norm.weight");
    }

    private static GoldenFolder experts(GoldenFolder folder) {
        String experts = "model.layers.#.mlp.experts.@.";
        return folder.name("blk.#.ffn_gate_inp.weight", "model.layers.#.mlp.gate.weight")
                .experts("blk.#.ffn_gate_exps.weight", experts + "gate_proj.weight")
                .experts("blk.#.ffn_down_exps.weight", experts + "down_proj.weight")
                .experts("blk.#.ffn_up_exps.weight", experts + "up_proj.weight");
    }

    static GoldenFolder qwen3Moe() {
        String keys =
                """
                "head_dim": 32, "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
                "num_experts": 8, "num_experts_per_tok": 3, "moe_intermediate_size": 64,
                "norm_topk_prob": true, "decoder_sparse_step": 1, "mlp_only_layers": []""";
        return experts(headNorms(GoldenFolder.decoder("qwen3moe", four("qwen3_moe", keys))));
    }

    static GoldenFolder qwen2Moe() {
        String keys =
                """
                "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "num_experts": 2,
                "num_experts_per_tok": 1, "moe_intermediate_size": 384,
                "shared_expert_intermediate_size": 192, "norm_topk_prob": false,
                "decoder_sparse_step": 1, "qkv_bias": true""";
        String shared = "model.layers.#.mlp.shared_expert.";
        return experts(GoldenFolder.decoder("qwen2moe", two("qwen2_moe", keys)))
                .name("blk.#.ffn_gate_shexp.weight", shared + "gate_proj.weight")
                .name("blk.#.ffn_up_shexp.weight", shared + "up_proj.weight")
                .name("blk.#.ffn_down_shexp.weight", shared + "down_proj.weight")
                .change(
                        "blk.#.ffn_gate_inp_shexp.weight",
                        "model.layers.#.mlp.shared_expert_gate.weight",
                        tensor -> tensor.shaped(1, 256));
    }

    static GoldenFolder olmoe() {
        String keys =
                """
                "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "num_experts": 2,
                "num_experts_per_tok": 1, "norm_topk_prob": false, "clip_qkv": null""";
        return experts(headNorms(GoldenFolder.decoder("olmoe", two("olmoe", keys))))
                .scaledOnly("attn_output");
    }

    static GoldenFolder phi3() {
        String keys =
                """
                "num_key_value_heads": 4, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
                "original_max_position_embeddings": 512, "sliding_window": 262144,
                "rope_scaling": null, "embd_pdrop": 0.0, "resid_pdrop": 0.0""";
        String config = four("phi3", keys).replace("\"num_key_value_heads\": 2,", "");
        return GoldenFolder.decoder("phi3", config)
                .name("blk.#.attn_qkv.weight", "model.layers.#.self_attn.qkv_proj.weight")
                .name("blk.#.ffn_up.weight", "model.layers.#.mlp.gate_up_proj.weight");
    }
}
