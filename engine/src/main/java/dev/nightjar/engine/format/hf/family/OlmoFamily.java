package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelConfigBuilder;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
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
import java.util.List;
import java.util.Optional;

/**
 * OLMo 2, which normalizes what each half of a block adds, OLMo 3, which has windows besides, whose
 * positions are not stretched, and OLMoE, which has experts.
 */
final class OlmoFamily implements Family {

    private static final int FULL_EVERY = 4;

    private final String architecture;

    /** Of {@code olmo2} or {@code olmoe}. */
    OlmoFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.absent(config, "clip_qkv");
        DecoderSizes sizes = DecoderSizes.read(config);
        ModelConfigBuilder builder = LlamaFamily.builder(architecture, config, sizes);
        if (architecture.equals("olmoe")) {
            ExpertRouting routing =
                    ExpertKeys.routing(
                            config, Scoring.SOFTMAX, ExpertKeys.weights(config), 1, 1, 1);
            builder.experts(Optional.of(new ExpertsConfig(routing, sizes.intermediateSize(), 0, 0)))
                    .normEps(config.positive(1e-5, "rms_norm_eps"));
        }
        return config.modelType().equals("olmo3")
                ? builder.slidingWindow(window(config, builder.build())).build()
                : builder.build();
    }

    private static Optional<SlidingWindow> window(HfConfig config, ModelConfig model) {
        RopeConfig rope = model.rope();
        RopeConfig plain =
                new RopeConfig(
                        rope.style(),
                        rope.theta(),
                        rope.rotaryDim(),
                        List.of(),
                        new RopeScaling.None());
        return WindowReader.read(config, model.numLayers(), FULL_EVERY, Optional.of(plain));
    }

    @Override
    public NameTable names(ModelConfig config) {
        NameTableBuilder table = DecoderNames.headNorms(DecoderNames.decoder());
        if (architecture.equals("olmoe")) {
            return DecoderNames.experts(table).build();
        }
        return table.rename("layers.#.post_attention_layernorm.*", "blk.#.post_attention_norm.*")
                .rename("layers.#.post_feedforward_layernorm.*", "blk.#.post_ffw_norm.*")
                .build();
    }
}
