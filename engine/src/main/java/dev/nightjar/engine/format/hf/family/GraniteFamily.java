package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;

/** Granite 3: as Llama, with factors on embeddings, scores, branches and logits. */
final class GraniteFamily implements Family {

    @Override
    public String architecture() {
        return "granite";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        return LlamaFamily.builder(architecture(), config, DecoderSizes.read(config))
                .embeddingScale(config.positive(1, "embedding_multiplier"))
                .residualScale(config.positive(1, "residual_multiplier"))
                .attentionScale(config.positive(1, "attention_multiplier"))
                .logitScale(1 / config.positive(1, "logits_scaling"))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder().build();
    }
}
