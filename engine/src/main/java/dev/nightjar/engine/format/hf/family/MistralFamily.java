package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelConfigBuilder;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.WindowReader;
import java.util.Optional;

/** Mistral: as Llama, with a sliding window in all layers. */
final class MistralFamily implements Family {

    @Override
    public String architecture() {
        return "llama";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        return builder(config, DecoderSizes.read(config)).build();
    }

    static ModelConfigBuilder builder(HfConfig config, DecoderSizes sizes) {
        return LlamaFamily.builder("llama", config, sizes)
                .slidingWindow(WindowReader.read(config, sizes.numLayers(), 0, Optional.empty()));
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder().build();
    }
}
