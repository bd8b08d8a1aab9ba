package dev.nightjar.engine.warmup;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.kernels.backend.Backend;

/**
 * An encoder like another one in small, as {@link Miniature} is one of a model of text.
 *
 * @param name of the model
 * @param config its configuration, in small
 * @param weights its weights, in small
 */
public record EncoderMiniature(String name, EncoderConfig config, TensorSource weights) {

    private static final int SIZE = 256;
    private static final int VOCABULARY = 512;
    private static final int POSITIONS = 64;
    private static final int LAYERS = 2;

    /** Describes the miniature of an encoder; reads and allocates nothing. */
    public static EncoderMiniature of(String name, EncoderConfig full, TensorSource weights) {
        boolean fits = full.hiddenSize() % SIZE == 0 && SIZE % full.headDim() == 0;
        EncoderConfig small =
                full.sized(
                        Math.min(VOCABULARY, full.vocabSize()),
                        Math.min(POSITIONS, full.maxPositions()),
                        fits ? SIZE : full.hiddenSize(),
                        full.intermediateSize() % SIZE == 0 ? SIZE : full.intermediateSize(),
                        Math.min(LAYERS, full.numLayers()));
        return new EncoderMiniature(name, small, new MiniatureWeights(weights));
    }

    /** Prepares its weights. */
    TextEncoder create(Backend backend, int maxTokens) {
        return new TextEncoder(backend, config, WeightMap.of(weights), maxTokens);
    }
}
