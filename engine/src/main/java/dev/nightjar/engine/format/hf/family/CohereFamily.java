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

/** Command R: one layer norm without bias, adjacent pairs are rotated, logits are scaled. */
final class CohereFamily implements Family {

    @Override
    public String architecture() {
        return "command-r";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.ignore(config, "use_qk_norm");
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.ADJACENT, sizes, 10_000);
        int stated = config.optionalSize(HfConfig.MAX_SIZE, "model_max_length").orElse(0);
        return sizes.builder(architecture(), config)
                .maxPositions(Math.max(stated, rope.maxPositions()))
                .normEps(config.positive(1e-5, "layer_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU))
                .logitScale(config.positive(1.0 / 16, "logit_scale"))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.headNorms(DecoderNames.decoder()).build();
    }
}
