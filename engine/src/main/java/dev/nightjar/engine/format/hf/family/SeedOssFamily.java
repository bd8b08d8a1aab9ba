package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;

/** Seed-OSS: as Llama, with biases; the second norm keeps its name. */
final class SeedOssFamily implements Family {

    @Override
    public String architecture() {
        return "seed_oss";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.ignore(config, "residual_dropout", "attention_out_bias");
        return LlamaFamily.builder(architecture(), config, DecoderSizes.read(config)).build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder()
                .rename("layers.#.post_attention_layernorm.*", "blk.#.post_attention_norm.*")
                .build();
    }
}
