package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelConfigBuilder;
import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.engine.format.hf.TemperatureReader;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.Optional;

/**
 * Llama and what is built like it. Query and key rows stand as trained, so that rotary embedding
 * turns elements {@code i} and {@code i + rotaryDim / 2}; GGUF files have them permuted.
 */
final class LlamaFamily implements Family {

    private final String architecture;

    LlamaFamily(String architecture) {
        this.architecture = architecture;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ModelConfig config(HfConfig config) {
        return builder(architecture, config, DecoderSizes.read(config)).build();
    }

    /** What the family shares with others: RMSNorm, rotary embedding, activation. */
    static ModelConfigBuilder builder(String architecture, HfConfig config, DecoderSizes sizes) {
        RopeReader.Result rope = RopeReader.read(config, RopeStyle.HALF_SPLIT, sizes, 10_000);
        Optional<QueryTemperature> temperature = TemperatureReader.read(config, sizes, rope.rope());
        int reached = temperature.isPresent() ? sizes.maxPositions() : rope.maxPositions();
        return sizes.withMaxPositions(reached)
                .builder(architecture, config)
                .queryTemperature(temperature)
                .normEps(config.positive(1e-6, "rms_norm_eps"))
                .rope(rope.rope())
                .activation(ActivationNames.read(config, "hidden_act", Activation.SILU));
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder().build();
    }
}
