package dev.nightjar.engine.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The golden models as folders, by name. */
final class GoldenFolders {

    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;

    private GoldenFolders() {}

    static Map<String, GoldenFolder> all() {
        Map<String, GoldenFolder> all = new LinkedHashMap<>();
        for (GoldenFolder folder :
                new GoldenFolder[] {
                    llama("llama", "\"rope_theta\": 10000.0"),
                    llama(
                            "llama3",
                            """
                            "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3",
                              "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                              "original_max_position_embeddings": 8192}"""),
                    qwen3(),
                    gemma3(),
                    phi3(),
                    bloom(),
                    mixtral()
                }) {
            all.put(folder.golden(), folder);
        }
        return all;
    }

    private static String sizes(String type, String more) {
        return """
                {"model_type": "%s", "vocab_size": 256, "hidden_size": 128,
                 "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 192,
                 "max_position_embeddings": 512, "eos_token_id": null, %s}"""
                .formatted(type, more);
    }

    private static GoldenFolder permuted(GoldenFolder folder) {
        return folder.both(
                        "blk.#.attn_q",
                        "model.layers.#.self_attn.q_proj",
                        tensor -> tensor.unpermuted(HEADS))
                .both(
                        "blk.#.attn_k",
                        "model.layers.#.self_attn.k_proj",
                        tensor -> tensor.unpermuted(KV_HEADS))
                .drop("rope_freqs.weight");
    }

    private static GoldenFolder llama(String golden, String rope) {
        String keys = "\"num_key_value_heads\": 2, \"rms_norm_eps\": 1e-5, " + rope;
        return permuted(GoldenFolder.decoder(golden, sizes("llama", keys)));
    }

    private static GoldenFolder mixtral() {
        String keys =
                """
                "num_key_value_heads": 2, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
                "sliding_window": null, "num_local_experts": 4, "num_experts_per_tok": 2""";
        String experts = "model.layers.#.block_sparse_moe.experts.@.";
        return permuted(GoldenFolder.decoder("mixtral", sizes("mixtral", keys)))
                .name("blk.#.ffn_gate_inp.weight", "model.layers.#.block_sparse_moe.gate.weight")
                .experts("blk.#.ffn_gate_exps.weight", experts + "w1.weight")
                .experts("blk.#.ffn_down_exps.weight", experts + "w2.weight")
                .experts("blk.#.ffn_up_exps.weight", experts + "w3.weight");
    }

    private static GoldenFolder qwen3() {
        String keys =
                """
                "num_key_value_heads": 2, "head_dim": 48, "rms_norm_eps": 1e-6,
                "rope_theta": 1000000, "use_sliding_window": false, "sliding_window": null,
                "max_window_layers": 3, "tie_word_embeddings": true""";
        return GoldenFolder.decoder("qwen3", sizes("qwen3", keys))
                .name("blk.#.attn_q_norm.weight", "model.layers.#.self_attn.q_norm.weight")
                .name("blk.#.attn_k_norm.weight", "model.layers.#.self_attn.k_norm.weight");
    }

    private static GoldenFolder gemma3() {
        String config =
                """
                {"model_type": "gemma3_text", "vocab_size": 256, "hidden_size": 128,
                 "num_hidden_layers": 7, "num_attention_heads": 4, "intermediate_size": 192,
                 "max_position_embeddings": 512, "num_key_value_heads": 2, "head_dim": 32,
                 "rms_norm_eps": 1e-6, "rope_theta": 1000000, "rope_local_base_freq": 10000,
                 "sliding_window": 8, "sliding_window_pattern": 6, "query_pre_attn_scalar": 32,
                 "hidden_activation": "gelu_pytorch_tanh"}""";
        UnaryOperator<WrittenTensor> norm = WrittenTensor::minusOne;
        String layer = "model.layers.#.";
        return GoldenFolder.decoder("gemma3", config)
                .change("output_norm.weight", "model.norm.weight", norm)
                .change("blk.#.attn_norm.weight", layer + "input_layernorm.weight", norm)
                .change("blk.#.attn_q_norm.weight", layer + "self_attn.q_norm.weight", norm)
                .change("blk.#.attn_k_norm.weight", layer + "self_attn.k_norm.weight", norm)
                .change(
                        "blk.#.post_attention_norm.weight",
                        layer + "post_attention_layernorm.weight",
                        norm)
                .change("blk.#.ffn_norm.weight", layer + "pre_feedforward_layernorm.weight", norm)
                .change(
                        "blk.#.post_ffw_norm.weight",
                        layer + "post_feedforward_layernorm.weight",
                        norm);
    }

    private static GoldenFolder phi3() {
        String keys =
                """
                "num_key_value_heads": 4, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
                "original_max_position_embeddings": 512, "sliding_window": 262144,
                "rope_scaling": null""";
        return GoldenFolder.decoder("phi3", sizes("phi3", keys))
                .name("blk.#.attn_qkv.weight", "model.layers.#.self_attn.qkv_proj.weight")
                .name("blk.#.ffn_up.weight", "model.layers.#.mlp.gate_up_proj.weight");
    }

    private static GoldenFolder bloom() {
        String config =
                """
                {"model_type": "bloom", "vocab_size": 256, "hidden_size": 128, "n_layer": 3,
                 "n_head": 4, "n_inner": 192, "seq_length": 512, "layer_norm_epsilon": 1e-5,
                 "apply_residual_connection_post_layernorm": false}""";
        UnaryOperator<WrittenTensor> heads = tensor -> tensor.interleaved(HEADS);
        return GoldenFolder.of("bloom", config)
                .name("token_embd.weight", "word_embeddings.weight")
                .both("token_embd_norm", "word_embeddings_layernorm")
                .both("output_norm", "ln_f")
                .both("blk.#.attn_norm", "h.#.input_layernorm")
                .both("blk.#.attn_qkv", "h.#.self_attention.query_key_value", heads)
                .both("blk.#.attn_output", "h.#.self_attention.dense")
                .both("blk.#.ffn_norm", "h.#.post_attention_layernorm")
                .both("blk.#.ffn_up", "h.#.mlp.dense_h_to_4h")
                .both("blk.#.ffn_down", "h.#.mlp.dense_4h_to_h");
    }
}
