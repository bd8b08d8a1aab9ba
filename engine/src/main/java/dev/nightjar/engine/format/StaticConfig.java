package dev.nightjar.engine.format;

import java.util.Objects;
import java.util.Optional;

/**
 * A model that is nothing but a table: a text is the mean of its tokens' rows. Readers validate
 * what they read.
 *
 * @param vocabSize V
 * @param hiddenSize C
 * @param maxTokens most tokens of a text
 * @param droppedToken that is left out of texts: the unknown one, if any
 * @param pipeline its pooling is the mean
 */
public record StaticConfig(
        int vocabSize,
        int hiddenSize,
        int maxTokens,
        Optional<String> droppedToken,
        EncoderPipeline pipeline) {

    /** What checkpoints and callers call its architecture. */
    public static final String ARCHITECTURE = "static-embedding";

    /** The tensor {@code [V, C]}. */
    public static final String TABLE = "token_embd.weight";

    /** Requires the objects. */
    public StaticConfig {
        Objects.requireNonNull(droppedToken, "droppedToken");
        Objects.requireNonNull(pipeline, "pipeline");
    }
}
