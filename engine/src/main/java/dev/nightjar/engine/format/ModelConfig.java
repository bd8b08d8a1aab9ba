package dev.nightjar.engine.format;

import java.util.Objects;

/**
 * The hyper-parameters of a decoder, whatever format they came from. Readers validate what they
 * read and name the key of their format in errors; the record itself checks nothing but presence.
 *
 * @param architecture as the format names it, for instance {@code llama}
 * @param name of the model, possibly empty
 * @param vocabSize rows of the embedding table
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward layers
 * @param numLayers blocks
 * @param numHeads query heads
 * @param numKvHeads key/value heads, a divisor of {@code numHeads}
 * @param headDim dimensions of a head; {@code numHeads * headDim} may differ from the hidden size
 * @param rmsNormEps added to the mean square
 * @param maxPositions longest context
 * @param rope rotary position embedding
 */
public record ModelConfig(
        String architecture,
        String name,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numLayers,
        int numHeads,
        int numKvHeads,
        int headDim,
        double rmsNormEps,
        int maxPositions,
        RopeConfig rope) {

    /** Requires the objects. */
    public ModelConfig {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rope, "rope");
    }
}
