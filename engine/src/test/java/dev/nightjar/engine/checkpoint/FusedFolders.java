package dev.nightjar.engine.checkpoint;

import static dev.nightjar.engine.checkpoint.GoldenFolders.two;

import java.util.function.UnaryOperator;

/** Golden models with fused projections and the names of before Llama. */
final class FusedFolders {

    private FusedFolders() {}

    static GoldenFolder bloom() {
        String config =
                """
                {"model_type": "bloom", "vocab_size": 256, "hidden_size": 128, "n_layer": 3,
                 "n_head": 4, "n_inner": 192, "seq_length": 512, "layer_norm_epsilon": 1e-5,
                 "apply_residual_connection_post_layernorm": false, "slow_but_exact": false}""";
        return layers(GoldenFolder.of("bloom", config), "", 4)
                .both("token_embd_norm", "word_embeddings_layernorm")
                .both("blk.#.attn_norm", "h.#.input_layernorm")
                .both("blk.#.ffn_norm", "h.#.post_attention_layernorm");
    }

    private static GoldenFolder layers(GoldenFolder folder, String prefix, int heads) {
        UnaryOperator<WrittenTensor> fused = tensor -> tensor.interleaved(heads);
        return folder.name("token_embd.weight", prefix + "word_embeddings.weight")
                .name("output.weight", "lm_head.weight")
                .both("output_norm", prefix + "ln_f")
                .both("blk.#.attn_qkv", prefix + "h.#.self_attention.query_key_value", fused)
                .both("blk.#.attn_output", prefix + "h.#.self_attention.dense")
                .both("blk.#.ffn_up", prefix + "h.#.mlp.dense_h_to_4h")
                .both("blk.#.ffn_down", prefix + "h.#.mlp.dense_4h_to_h");
    }

    static GoldenFolder falcon() {
        String config =
                """
                {"model_type": "falcon", "vocab_size": 128, "hidden_size": 256,
                 "num_hidden_layers": 2, "num_attention_heads": 2, "num_kv_heads": 2,
                 "ffn_hidden_size": 384, "max_position_embeddings": 128, "rope_theta": 10000.0,
                 "layer_norm_epsilon": 1e-5, "new_decoder_architecture": true, "alibi": false,
                 "bias": false, "multi_query": true, "parallel_attn": true,
                 "activation": "gelu_pytorch_tanh"}""";
        return layers(GoldenFolder.of("falcon", config), "transformer.", 2)
                .both("blk.#.attn_norm", "transformer.h.#.ln_mlp")
                .both("blk.#.attn_norm_2", "transformer.h.#.ln_attn");
    }

    static GoldenFolder gptNeox() {
        String keys =
                """
                "layer_norm_eps": 1e-5, "rotary_pct": 1.0, "rotary_emb_base": 10000,
                "use_parallel_residual": false, "hidden_act": "gelu_fast\"""";
        String layer = "gpt_neox.layers.#.";
        return GoldenFolder.of("gptneox", two("gpt_neox", keys))
                .name("token_embd.weight", "gpt_neox.embed_in.weight")
                .name("output.weight", "embed_out.weight")
                .both("output_norm", "gpt_neox.final_layer_norm")
                .both("blk.#.attn_norm", layer + "input_layernorm")
                .both("blk.#.ffn_norm", layer + "post_attention_layernorm")
                .both(
                        "blk.#.attn_qkv",
                        layer + "attention.query_key_value",
                        tensor -> tensor.interleaved(2))
                .both("blk.#.attn_output", layer + "attention.dense")
                .both("blk.#.ffn_up", layer + "mlp.dense_h_to_4h")
                .both("blk.#.ffn_down", layer + "mlp.dense_4h_to_h");
    }

    static GoldenFolder gpt2() {
        String config =
                """
                {"model_type": "gpt2", "vocab_size": 256, "n_embd": 128, "n_layer": 3, "n_head": 4,
                 "n_inner": 192, "n_positions": 256, "n_ctx": 256, "layer_norm_epsilon": 1e-5,
                 "activation_function": "gelu_new", "summary_type": "cls_index",
                 "summary_use_proj": true, "summary_proj_to_labels": true, "attn_pdrop": 0.1}""";
        UnaryOperator<WrittenTensor> flipped = WrittenTensor::transposed;
        return GoldenFolder.of("gpt2", config)
                .name("token_embd.weight", "wte.weight")
                .name("position_embd.weight", "wpe.weight")
                .both("output_norm", "ln_f")
                .both("blk.#.attn_norm", "h.#.ln_1")
                .both("blk.#.attn_qkv", "h.#.attn.c_attn", flipped)
                .both("blk.#.attn_output", "h.#.attn.c_proj", flipped)
                .both("blk.#.ffn_norm", "h.#.ln_2")
                .both("blk.#.ffn_up", "h.#.mlp.c_fc", flipped)
                .both("blk.#.ffn_down", "h.#.mlp.c_proj", flipped);
    }

    static GoldenFolder phi() {
        String keys =
                """
                "layer_norm_eps": 1e-5, "rope_theta": 10000.0, "partial_rotary_factor": 1.0,
                "qk_layernorm": false, "hidden_act": "gelu_new\"""";
        return GoldenFolder.decoder("phi2", two("phi", keys))
                .both("output", "lm_head")
                .both("output_norm", "model.final_layernorm")
                .both("blk.#.attn_norm", "model.layers.#.input_layernorm")
                .both("blk.#.attn_output", "model.layers.#.self_attn.dense")
                .both("blk.#.ffn_up", "model.layers.#.mlp.fc1")
                .both("blk.#.ffn_down", "model.layers.#.mlp.fc2");
    }
}
