package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.hf.DecoderSizes;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.WindowReader;
import java.util.Optional;

/** Phi-3 and Phi-4: query, key and value in one projection, gate and up in another. */
final class Phi3Family implements Family {

    @Override
    public String architecture() {
        return "phi3";
    }

    @Override
    public ModelConfig config(HfConfig config) {
        Requirements.ignore(config, "original_max_position_embeddings");
        Requirements.number(config, "full_attn_mod", 1);
        Requirements.number(config, "interpolate_factor", 1);
        DecoderSizes sizes = DecoderSizes.read(config);
        return LlamaFamily.builder(architecture(), config, sizes)
                .slidingWindow(WindowReader.read(config, sizes.numLayers(), 0, Optional.empty()))
                .build();
    }

    @Override
    public NameTable names(ModelConfig config) {
        return DecoderNames.decoder()
                .rename("layers.#.self_attn.qkv_proj.weight", "blk.#.attn_qkv.weight")
                .rename("layers.#.mlp.gate_up_proj.weight", "blk.#.ffn_up.weight")
                .build();
    }
}
