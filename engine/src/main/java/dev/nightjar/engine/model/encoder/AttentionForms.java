package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.RelativePositionBias;
import dev.nightjar.engine.nn.RotaryEmbedding;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Optional;

/** The one or two forms of attention that an encoder's layers have, made once for all of them. */
final class AttentionForms {

    private final Backend backend;
    private final EncoderConfig config;
    private final EncoderAttention.Form global;
    private final EncoderAttention.Form local;

    AttentionForms(Backend backend, EncoderConfig config, WeightMap weights) {
        this.backend = backend;
        this.config = config;
        global = new EncoderAttention.Form(spec(weights), rope(config.rope()));
        local = config.localAttention().map(window -> local(window.window())).orElse(global);
    }

    private SelfAttentionSpec spec(WeightMap weights) {
        float scale = (float) (1 / Math.sqrt(config.headDim()));
        var plain = new SelfAttentionSpec(config.numHeads(), config.headDim(), scale);
        if (config.relativePositions().isEmpty()) {
            return plain;
        }
        var positions = config.relativePositions().get();
        Tensor table =
                weights.matrix("attn_rel_b.weight", positions.numBuckets(), config.numHeads());
        return plain.withBias(new RelativePositionBias(positions).table(backend, table));
    }

    private EncoderAttention.Form local(int window) {
        return new EncoderAttention.Form(
                global.spec().withWindow(window), rope(config.localAttention().get().rope()));
    }

    private Optional<RopeTable> rope(RopeConfig rope) {
        return rope.rotaryDim() == 0
                ? Optional.empty()
                : Optional.of(new RotaryEmbedding(rope).table(backend, config.maxPositions()));
    }

    /** The form of a layer. */
    EncoderAttention.Form of(int layer) {
        return config.localAttention().isPresent() && config.localAttention().get().covers(layer)
                ? local
                : global;
    }
}
