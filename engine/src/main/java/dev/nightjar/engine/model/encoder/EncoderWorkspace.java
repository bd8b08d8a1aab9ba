package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;

/** How much memory the activations of an encoder take. */
public final class EncoderWorkspace {

    private EncoderWorkspace() {}

    /** Bytes for steps of so many tokens: what {@link EncoderSpace} allocates. */
    public static long bytes(EncoderConfig config, int tokens) {
        long hidden = config.hiddenSize();
        long inner = (config.isGated() ? 2L : 1L) * config.intermediateSize();
        long head = config.numScores() == 0 ? 0 : hidden + config.numScores();
        // hidden, branch, attended, pooled and the three of the fused projection
        return tokens * Float.BYTES * (7 * hidden + inner + head);
    }
}
