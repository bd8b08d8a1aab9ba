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

/** StableLM 2: partly rotated heads, layer norm; the larger model has norms of each head. */
final class StableLmFamily implements Family {
    private static final double ROTATED = 0.25;

    @Override
    public String architecture() {
        return "stablelm";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        config.assume("partial_rotary_factor", ROTATED);
        Requirements.ignore(config, "use_qkv_bias", "qk_layernorm", "use_parallel_residual");
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .normEps(config.positive(1e-5, "layer_norm_eps", "norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder()
                .stack("layers.#.self_attn.q_layernorm.norms.#.weight", "blk.#.attn_q_norm.weight")
                .stack("layers.#.self_attn.k_layernorm.norms.#.weight", "blk.#.attn_k_norm.weight")
                .build();
    }
}
