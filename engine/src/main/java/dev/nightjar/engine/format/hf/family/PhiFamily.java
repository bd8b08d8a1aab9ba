package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;

/** Phi-1, Phi-1.5 and Phi-2: partly rotated heads, biases everywhere. */
final class PhiFamily implements Family {

    @Override
    public String architecture() {
        return "phi2";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.unset(config, "qk_layernorm");
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .normEps(config.positive(1e-5, "layer_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.GELU_TANH))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.attention()
                .rename("final_layernorm.*", "output_norm.*")
                .rename("layers.#.self_attn.dense.*", "blk.#.attn_output.*")
                .rename("layers.#.mlp.fc1.*", "blk.#.ffn_up.*")
                .rename("layers.#.mlp.fc2.*", "blk.#.ffn_down.*")
                .build();
    }
}
