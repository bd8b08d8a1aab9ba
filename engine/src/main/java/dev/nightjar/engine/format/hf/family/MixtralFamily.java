package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import java.util.Optional;

/** Mixtral: Mistral with experts, called {@code w1} (gate), {@code w2} (down), {@code w3} (up). */
final class MixtralFamily implements Family {

    @Override
    public String architecture() {
        return "llama";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        DecoderSizes sizes = DecoderSizes.read(config);
        ExpertRouting routing =
                ExpertKeys.routing(config, Scoring.SOFTMAX, Weights.NORMALIZED, 1, 1, 1);
        return MistralFamily.builder(config, sizes)
                .experts(Optional.of(new ExpertsConfig(routing, sizes.intermediateSize(), 0, 0)))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        String experts = "layers.#.block_sparse_moe.experts.#.";
        return DecoderNames.experts(DecoderNames.decoder())
                .rename("layers.#.block_sparse_moe.gate.weight", "blk.#.ffn_gate_inp.weight")
                .rename(experts + "w1.weight", "blk.#.ffn_gate.#.weight")
                .rename(experts + "w2.weight", "blk.#.ffn_down.#.weight")
                .rename(experts + "w3.weight", "blk.#.ffn_up.#.weight")
                .build();
    }
}
