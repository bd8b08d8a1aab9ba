package dev.nightjar.engine.checkpoint;

import static dev.nightjar.engine.checkpoint.GoldenFolders.four;
import static dev.nightjar.engine.checkpoint.GoldenFolders.two;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Golden models with norms, experts or latent attention of their own. */
final class OtherFolders {

    private OtherFolders() {}

    static GoldenFolder gemma2() {
        String keys =
                """
                "head_dim": 32, "rms_norm_eps": 1e-6, "rope_theta": 10000.0, "sliding_window": 8,
                "query_pre_attn_scalar": 32, "attn_logit_softcapping": 50.0,
                "final_logit_softcapping": 30.0, "hidden_activation": "gelu_pytorch_tanh",
                "hidden_act": "gelu_pytorch_tanh", "cache_implementation": "hybrid\"""";
        return gemma("gemma2", four("gemma2", keys).replace("_layers\": 3", "_layers\": 4"));
    }

    static GoldenFolder gemma3() {
        String keys =
                """
                "head_dim": 32, "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
                "rope_local_base_freq": 10000.0, "sliding_window": 8, "sliding_window_pattern": 6,
                "query_pre_attn_scalar": 32, "hidden_activation": "gelu_pytorch_tanh\"""";
        return gemma("gemma3", four("gemma3_text", keys).replace("_layers\": 3", "_layers\": 7"));
    }

    private static GoldenFolder gemma(String golden, String config) {
        UnaryOperator<WrittenTensor> norm = WrittenTensor::minusOne;
        String layer = "model.layers.#.";
        return GoldenFolder.decoder(golden, config)
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

    static GoldenFolder gptOss() {
        String keys =
                """
                "head_dim": 32, "rms_norm_eps": 1e-5, "rope_theta": 150000.0, "sliding_window": 8,
                "num_local_experts": 4, "num_experts_per_tok": 2, "swiglu_limit": 7.0,
                "layer_types": ["sliding_attention", "full_attention", "sliding_attention",
                  "full_attention"],
                "rope_scaling": {"rope_type": "yarn", "factor": 32.0, "beta_fast": 32.0,
                  "beta_slow": 1.0, "original_max_position_embeddings": 128}""";
        String config =
                four("gpt_oss", keys)
                        .replace("_layers\": 3", "_layers\": 4")
                        .replace("_size\": 192", "_size\": 64");
        String layer = "model.layers.#.";
        String experts = layer + "mlp.experts.";
        return GoldenFolder.decoder("gpt-oss", config)
                .name("blk.#.attn_sinks.weight", layer + "self_attn.sinks")
                .name("blk.#.post_attention_norm.weight", layer + "post_attention_layernorm.weight")
                .both("blk.#.ffn_gate_inp", layer + "mlp.router")
                .name("blk.#.ffn_gate_exps.weight", experts + "gate")
                .name("blk.#.ffn_gate_exps.bias", experts + "gate_bias")
                .name("blk.#.ffn_up_exps.weight", experts + "up")
                .name("blk.#.ffn_up_exps.bias", experts + "up_bias")
                .change(
                        "blk.#.ffn_down_exps.weight",
                        experts + "down_proj",
                        WrittenTensor::transposedInside)
                .name("blk.#.ffn_down_exps.bias", experts + "down_proj_bias")
                .combine(OtherFolders::gateUp);
    }

    /** {@code [E, F, C]} twice to {@code [E, C, 2F]} with columns in turn; so with biases. */
    private static Map<String, WrittenTensor> gateUp(Map<String, WrittenTensor> tensors) {
        Map<String, WrittenTensor> result = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    if (name.endsWith(".experts.gate")) {
                        String base = name.substring(0, name.length() - "gate".length());
                        WrittenTensor up = tensors.get(base + "up");
                        result.put(base + "gate_up_proj", columnsInTurn(tensor, up));
                        WrittenTensor bias = tensors.get(base + "gate_bias").transposed();
                        WrittenTensor upBias = tensors.get(base + "up_bias").transposed();
                        result.put(
                                base + "gate_up_proj_bias", bias.alternating(upBias).transposed());
                    } else if (!name.matches(".*\\.experts\\.(up|up_bias|gate_bias)")) {
                        result.put(name, tensor);
                    }
                });
        return result;
    }

    private static WrittenTensor columnsInTurn(WrittenTensor gate, WrittenTensor up) {
        WrittenTensor all = null;
        for (int e = 0; e < gate.shape().dim(0); e++) {
            WrittenTensor both = gate.at(e).alternating(up.at(e)).transposed();
            WrittenTensor one = both.shaped(1, both.shape().dim(0), both.shape().dim(1));
            all = all == null ? one : all.above(one);
        }
        return all;
    }

    static GoldenFolder deepSeek() {
        String config =
                """
                {"model_type": "deepseek_v3", "vocab_size": 128, "hidden_size": 128,
                 "num_hidden_layers": 2, "num_attention_heads": 1, "num_key_value_heads": 1,
                 "intermediate_size": 192, "max_position_embeddings": 128, "rms_norm_eps": 1e-5,
                 "rope_theta": 10000.0, "q_lora_rank": 512, "kv_lora_rank": 512,
                 "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
                 "n_routed_experts": 2, "num_experts_per_tok": 1, "n_shared_experts": 1,
                 "moe_intermediate_size": 192, "first_k_dense_replace": 1, "n_group": 1,
                 "topk_group": 1, "scoring_func": "sigmoid", "topk_method": "noaux_tc",
                 "norm_topk_prob": false, "routed_scaling_factor": 1.0, "moe_layer_freq": 1,
                 "ep_size": 1, "aux_loss_alpha": 0.001, "num_nextn_predict_layers": 1}""";
        String attention = "model.layers.#.self_attn.";
        String mlp = "model.layers.#.mlp.";
        return GoldenFolder.decoder("deepseek2", config)
                .name("blk.#.attn_q_a.weight", attention + "q_a_proj.weight")
                .name("blk.#.attn_q_a_norm.weight", attention + "q_a_layernorm.weight")
                .name("blk.#.attn_q_b.weight", attention + "q_b_proj.weight")
                .name("blk.#.attn_kv_a_mqa.weight", attention + "kv_a_proj_with_mqa.weight")
                .name("blk.#.attn_kv_a_norm.weight", attention + "kv_a_layernorm.weight")
                .change(
                        "blk.#.attn_k_b.weight",
                        attention + "k_b",
                        tensor -> tensor.shaped(512, 128).transposed())
                .name("blk.#.attn_v_b.weight", attention + "v_b")
                .name("blk.#.exp_probs_b.bias", mlp + "gate.e_score_correction_bias")
                .name("blk.#.ffn_gate_inp.weight", mlp + "gate.weight")
                .experts("blk.#.ffn_gate_up_exps.weight", mlp + "experts.@.gate_up")
                .experts("blk.#.ffn_down_exps.weight", mlp + "experts.@.down_proj.weight")
                .both("blk.#.ffn_gate_shexp", mlp + "shared_experts.gate_proj")
                .both("blk.#.ffn_up_shexp", mlp + "shared_experts.up_proj")
                .both("blk.#.ffn_down_shexp", mlp + "shared_experts.down_proj")
                .combine(OtherFolders::deepSeekParts);
    }

    private static Map<String, WrittenTensor> deepSeekParts(Map<String, WrittenTensor> tensors) {
        Map<String, WrittenTensor> result = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    if (name.endsWith(".k_b")) {
                        WrittenTensor values = tensors.get(name.replace(".k_b", ".v_b"));
                        result.put(
                                name.replace(".k_b", ".kv_b_proj.weight"),
                                tensor.above(values.shaped(128, 512)));
                    } else if (name.endsWith(".gate_up")) {
                        String base = name.substring(0, name.length() - "gate_up".length());
                        int[] gate = IntStream.range(0, 192).toArray();
                        int[] up = IntStream.range(192, 384).toArray();
                        result.put(base + "gate_proj.weight", tensor.rows(gate));
                        result.put(base + "up_proj.weight", tensor.rows(up));
                    } else if (!name.endsWith(".v_b")) {
                        result.put(name, tensor);
                    }
                });
        return result;
    }

    static GoldenFolder commandR() {
        String keys =
                """
                "layer_norm_eps": 1e-5, "rope_theta": 10000.0, "logit_scale": 1.0,
                "use_qk_norm": false""";
        return GoldenFolder.decoder("command-r", two("cohere", keys));
    }

    static GoldenFolder stableLm() {
        String keys =
                """
                "layer_norm_eps": 1e-5, "rope_theta": 10000.0, "partial_rotary_factor": 1.0,
                "use_qkv_bias": true, "qk_layernorm": true, "use_parallel_residual": false""";
        String norms = "model.layers.#.self_attn.%s_layernorm.norms.@.weight";
        return GoldenFolder.decoder("stablelm", two("stablelm", keys))
                .both("output_norm", "model.norm")
                .both("blk.#.attn_norm", "model.layers.#.input_layernorm")
                .both("blk.#.ffn_norm", "model.layers.#.post_attention_layernorm")
                .experts("blk.#.attn_q_norm.weight", norms.formatted("q"))
                .experts("blk.#.attn_k_norm.weight", norms.formatted("k"));
    }

    static GoldenFolder starcoder2() {
        String keys =
                """
                "norm_epsilon": 1e-5, "rope_theta": 10000.0, "sliding_window": null,
                "use_bias": true, "hidden_act": "gelu_pytorch_tanh", "mlp_type": "default",
                "norm_type": "layer_norm\"""";
        return GoldenFolder.decoder("starcoder2", two("starcoder2", keys))
                .both("output_norm", "model.norm")
                .both("blk.#.attn_norm", "model.layers.#.input_layernorm")
                .both("blk.#.ffn_norm", "model.layers.#.post_attention_layernorm")
                .both("blk.#.ffn_up", "model.layers.#.mlp.c_fc")
                .both("blk.#.ffn_down", "model.layers.#.mlp.c_proj");
    }
}
