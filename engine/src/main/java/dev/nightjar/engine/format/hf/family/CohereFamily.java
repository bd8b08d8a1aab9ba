package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.SlidingWindow;
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

/**
 * Command R: one layer norm without bias, adjacent pairs are rotated, logits are scaled. Command
 * R7B and later have windows in three of four layers.
 */
final class CohereFamily implements Family {

    private static final int FULL_EVERY = 4;

    private final String architecture;

    /** Of {@code command-r} or {@code cohere2}. */
    CohereFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.ignore(config, "use_qk_norm");
        DecoderSizes sizes = DecoderSizes.read(config);
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.ADJACENT, sizes, 10_000);
        int stated = config.optionalSize(HfConfig.MAX_SIZE, "model_max_length").orElse(0);
        return sizes.builder(architecture, config)
                .slidingWindow(window(config, sizes))
                .maxPositions(Math.max(stated, rope.maxPositions()))
                .normEps(config.positive(1e-5, "layer_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU))
                .logitScale(config.positive(1.0 / 16, "logit_scale"))
                .build();
    }

    private Optional<SlidingWindow> window(HfConfig config, DecoderSizes sizes) {
        if (!architecture.equals("cohere2")) {
            return Optional.empty();
        }
        Requirements.set(config, "use_gated_activation", "use_parallel_block");
        Requirements.text(config, "position_embedding_type", "rope_gptj");
        Requirements.text(config, "order_of_interleaved_layers", "local_attn_first");
        Requirements.number(config, "layer_switch", FULL_EVERY);
        Requirements.ignore(config, "use_embedding_sharing", "use_parallel_embedding");
        return WindowReader.read(config, sizes.numLayers(), FULL_EVERY, Optional.empty());
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.headNorms(DecoderNames.decoder()).build();
    }
}
