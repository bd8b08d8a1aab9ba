package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.SlidingWindow;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.WindowReader;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Qwen 2 and 3, without experts or with them. Qwen 2 has biases of queries, keys and values, Qwen 3
 * norms of query and key heads; with experts, Qwen 2 has one for all tokens, weighted by a gate.
 */
final class QwenFamily implements Family {
    private static final String LAYERS = "max_window_layers";

    private final String architecture;

    /** Of {@code qwen2}, {@code qwen3}, {@code qwen2moe} or {@code qwen3moe}. */
    QwenFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        DecoderSizes sizes = DecoderSizes.read(config);
        return LlamaFamily.builder(architecture, config, sizes)
                .slidingWindow(window(config, sizes.numLayers()))
                .experts(experts(config))
                .build();
    }

    private static Optional<SlidingWindow> window(HfConfig config, int numLayers) {
        if (!config.isSet("use_sliding_window")) {
            Requirements.ignore(config, "sliding_window", LAYERS, "layer_types");
            return Optional.empty();
        }
        boolean isByLayer = config.fields().contains("layer_types");
        long full = config.fields().optionalInteger(LAYERS).orElse(0);
        if (!isByLayer && full != 0 && full < numLayers) {
            throw config.fields()
                    .error(
                            LAYERS,
                            "expected 0 or at least %d, found %d".formatted(numLayers, full));
        }
        Optional<SlidingWindow> window = WindowReader.read(config, numLayers, 0, Optional.empty());
        return isByLayer || full == 0 ? window : Optional.empty();
    }

    private Optional<ExpertsConfig> experts(HfConfig config) {
        if (!architecture.endsWith("moe")) {
            return Optional.empty();
        }
        Requirements.number(config, "decoder_sparse_step", 1);
        if (!config.fields().optionalArray("mlp_only_layers").orElse(List.of()).isEmpty()) {
            throw config.fields()
                    .error("mlp_only_layers", "expected none, found some; this is not implemented");
        }
        int shared =
                config.optionalSize(HfConfig.MAX_SIZE, "shared_expert_intermediate_size").orElse(0);
        ExpertRouting routing =
                ExpertKeys.routing(config, Scoring.SOFTMAX, ExpertKeys.weights(config), 1, 1, 1);
        int expertSize = config.size(HfConfig.MAX_SIZE, "moe_intermediate_size");
        return Optional.of(new ExpertsConfig(routing, expertSize, shared, 0));
    }

    @Override
    public NameTable names(ModelConfig config) {
        NameTableBuilder table = DecoderNames.headNorms(DecoderNames.decoder());
        String shared = "layers.#.mlp.shared_expert.";
        return DecoderNames.experts(table)
                .rename(shared + "gate_proj.weight", "blk.#.ffn_gate_shexp.weight")
                .rename(shared + "up_proj.weight", "blk.#.ffn_up_shexp.weight")
                .rename(shared + "down_proj.weight", "blk.#.ffn_down_shexp.weight")
                .change(
                        "layers.#.mlp.shared_expert_gate.weight",
                        "blk.#.ffn_gate_inp_shexp.weight",
                        gate -> gate.reshaped(new Shape(gate.shape().numElements())))
                .build();
    }
}
