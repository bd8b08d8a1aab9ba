package dev.nightjar.engine.format;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What makes an encoder of a decoder: texts become vectors of its hidden states.
 *
 * @param steps what becomes of hidden states
 * @param maxTokens of one text, if they are fewer than the model takes
 */
public record CausalPipeline(EncoderPipeline steps, OptionalInt maxTokens) {

    /** Requires the objects. */
    public CausalPipeline {
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(maxTokens, "maxTokens");
    }
}
