package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.WindowReader;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * gpt-oss: attention with sinks, every other layer with a window. Gate and up rows of the experts
 * alternate. Experts come in MXFP4, as nibbles and exponents apart, or in plain types with their
 * inputs as rows.
 */
final class GptOssFamily implements Family {

    @Override
    public String architecture() {
        return "gpt-oss";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.number(config, "swiglu_limit", 7);
        Requirements.text(config, "hidden_act", "silu");
        Requirements.ignore(config, "initial_context_length", "max_seq_len");
        DecoderSizes sizes = DecoderSizes.read(config);
        ExpertRouting routing =
                ExpertKeys.routing(config, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1, 1, 1);
        return LlamaFamily.builder(architecture(), config, sizes)
                .normEps(config.positive(1e-5, "rms_norm_eps"))
                .slidingWindow(WindowReader.read(config, sizes.numLayers(), 2, Optional.empty()))
                .experts(Optional.of(new ExpertsConfig(routing, sizes.intermediateSize(), 0, 0)))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        String mlp = "layers.#.mlp.";
        String experts = mlp + "experts.";
        return DecoderNames.attention()
                .rename("layers.#.self_attn.sinks", "blk.#.attn_sinks.weight")
                .rename(
                        "layers.#.post_attention_layernorm.weight",
                        "blk.#.post_attention_norm.weight")
                .rename(mlp + "router.*", "blk.#.ffn_gate_inp.*")
                .expand(experts + "gate_up_proj_bias", GptOssFamily::gateUpBias)
                .rename(experts + "down_proj_bias", "blk.#.ffn_down_exps.bias")
                .expand(experts + "gate_up_proj", GptOssFamily::gateUp)
                .change(experts + "down_proj", "blk.#.ffn_down_exps.weight", LazyTensor::transposed)
                // Put together from blocks and scales, one per expert; rows are outputs.
                .expand(experts + "gate_up_proj.#.weight", GptOssFamily::gateUpRows)
                .rename(experts + "down_proj.#.weight", "blk.#.ffn_down.#.weight")
                .build();
    }

    /** {@code [2F, C]} of one expert with rows of gate and up in turn to two matrices. */
    private static Map<String, LazyTensor> gateUpRows(
            LazyTensor expert, UnaryOperator<String> names) {
        requireRank(expert, 2);
        return Map.of(
                names.apply("blk.#.ffn_gate.#.weight"), every2(expert, 0),
                names.apply("blk.#.ffn_up.#.weight"), every2(expert, 1));
    }

    /** {@code [E, C, 2F]} with columns of gate and up in turn to matrices of each expert. */
    private static Map<String, LazyTensor> gateUp(LazyTensor tensor, UnaryOperator<String> names) {
        requireRank(tensor, 3);
        Map<String, LazyTensor> result = new LinkedHashMap<>();
        for (int e = 0; e < tensor.shape().dim(0); e++) {
            LazyTensor expert = tensor.at(e).transposed();
            result.put(names.apply("blk.#.ffn_gate.%d.weight".formatted(e)), every2(expert, 0));
            result.put(names.apply("blk.#.ffn_up.%d.weight".formatted(e)), every2(expert, 1));
        }
        return result;
    }

    /** {@code [E, 2F]} with elements of gate and up in turn to two matrices. */
    private static Map<String, LazyTensor> gateUpBias(
            LazyTensor tensor, UnaryOperator<String> names) {
        requireRank(tensor, 2);
        LazyTensor byElement = tensor.transposed();
        return Map.of(
                names.apply("blk.#.ffn_gate_exps.bias"), every2(byElement, 0).transposed(),
                names.apply("blk.#.ffn_up_exps.bias"), every2(byElement, 1).transposed());
    }

    /** Every second row. */
    private static LazyTensor every2(LazyTensor tensor, int first) {
        int rows = Math.toIntExact(tensor.shape().dim(0));
        return tensor.gathered(IntStream.range(0, rows / 2).map(row -> 2 * row + first).toArray());
    }

    private static void requireRank(LazyTensor tensor, int rank) {
        if (tensor.shape().rank() != rank) {
            throw new IllegalArgumentException(
                    "expected %d dimensions, found %s".formatted(rank, tensor.shape()));
        }
    }
}
