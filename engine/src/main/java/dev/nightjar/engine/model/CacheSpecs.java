package dev.nightjar.engine.model;

import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.tensor.DType;
import java.util.Collections;
import java.util.List;

/** What the layers of a decoder keep per token, known before any weight is touched. */
public final class CacheSpecs {

    private CacheSpecs() {}

    /** One entry per layer. */
    public static List<KvLayerSpec> of(ModelConfig config) {
        KvLayerSpec spec =
                config.latentAttention()
                        .map(CacheSpecs::latent)
                        .orElseGet(
                                () ->
                                        new KvLayerSpec(
                                                config.numKvHeads(), config.headDim(), DType.F32));
        return Collections.nCopies(config.numLayers(), spec);
    }

    private static KvLayerSpec latent(LatentAttention config) {
        int latent = config.kvRank();
        return new KvLayerSpec(1, latent + config.ropeHeadDim(), latent, DType.F32);
    }
}
