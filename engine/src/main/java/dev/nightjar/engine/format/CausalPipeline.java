package dev.nightjar.engine.format;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What makes an encoder of a decoder: texts become vectors of its hidden states.
 *
 * @param steps what becomes of hidden states
 * @param maxTokens of one text, if they are fewer than the model takes
 */
public record CausalPipeline(EncoderPipeline steps, OptionalInt maxTokens) {

    /**
     * Architectures whose models are known to attend to earlier tokens only when they make vectors.
     * Others may attend in both directions then, which their files do not say; they generate text.
     */
    public static final Set<String> ARCHITECTURES = Set.of("qwen3");

    /** Requires the objects. */
    public CausalPipeline {
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(maxTokens, "maxTokens");
    }
}
