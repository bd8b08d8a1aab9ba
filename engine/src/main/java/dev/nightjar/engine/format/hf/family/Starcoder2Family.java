package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.engine.format.hf.WindowReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.Optional;

/** StarCoder2: layer norm, biases, a feed-forward without a gate. */
final class Starcoder2Family implements Family {

    @Override
    public String architecture() {
        return "starcoder2";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.set(config, "scale_attn_weights");
        Requirements.ignore(
                config,
                "activation_function",
                "attention_softmax_in_fp32",
                "mlp_type",
                "scale_attention_softmax_in_fp32",
                "use_bias");
        Requirements.text(config, "norm_type", "layer_norm");
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        return sizes.withMaxPositions(rope.maxPositions())
                .builder(architecture(), config)
                .normEps(config.positive(1e-5, "norm_epsilon"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.GELU_TANH))
                .slidingWindow(WindowReader.read(config, sizes.numLayers(), 0, Optional.empty()))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder()
                .rename("layers.#.mlp.c_fc.*", "blk.#.ffn_up.*")
                .rename("layers.#.mlp.c_proj.*", "blk.#.ffn_down.*")
                .build();
    }
}
