package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.WindowReader;
import java.util.List;

/** SmolLM3: as Llama, but every fourth layer has no positions. */
final class SmolLm3Family implements Family {
    private static final int INTERVAL = 4;

    @Override
    public String architecture() {
        return "smollm3";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        DecoderSizes sizes = DecoderSizes.read(config);
        Requirements.number(config, "no_rope_layer_interval", INTERVAL);
        Requirements.unset(config, "use_sliding_window");
        Requirements.ignore(config, "max_window_layers");
        WindowReader.refuse(config, sizes.numLayers());
        List<Long> layers = config.fields().integers("no_rope_layers");
        for (int layer = 0; layer < layers.size(); layer++) {
            // 1 stands for positions, whatever the key's name.
            if (layers.get(layer) != ((layer + 1) % INTERVAL == 0 ? 0 : 1)) {
                throw config.fields()
                        .error(
                                "no_rope_layers",
                                "expected 0 for every fourth layer and else 1, found otherwise at layer %d"
                                        .formatted(layer));
            }
        }
        return LlamaFamily.builder(architecture(), config, sizes).build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder().build();
    }
}
