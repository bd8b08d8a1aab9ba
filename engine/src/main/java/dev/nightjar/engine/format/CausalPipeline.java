package dev.nightjar.engine.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What makes an encoder of a decoder: texts become vectors of its hidden states, or pairs a score.
 *
 * @param steps what becomes of hidden states
 * @param maxTokens of one text, if they are fewer than the model takes
 * @param prompt how it is asked about a pair, if it judges
 */
public record CausalPipeline(
        EncoderPipeline steps, OptionalInt maxTokens, Optional<PairPrompt> prompt) {

    /**
     * Architectures whose models are known to attend to earlier tokens only when they make vectors.
     * Others may attend in both directions then, which their files do not say; they generate text.
     */
    public static final Set<String> ARCHITECTURES = Set.of("qwen3");

    /** Requires the objects. */
    public CausalPipeline {
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** A decoder that makes vectors. */
    public static CausalPipeline ofVectors(EncoderPipeline steps, OptionalInt maxTokens) {
        return new CausalPipeline(steps, maxTokens, Optional.empty());
    }

    /**
     * A decoder whose logits of two tokens behind a prompt judge a pair; see {@link JudgeWeights}.
     *
     * @param hiddenSize C
     */
    public static CausalPipeline ofJudge(int hiddenSize, PairPrompt prompt) {
        PipelineModule score =
                new PipelineModule.Dense(
                        JudgeWeights.MODULE, hiddenSize, 1, false, DenseActivation.IDENTITY);
        EncoderPipeline steps =
                new EncoderPipeline(
                        List.of(Pooling.LAST), true, List.of(score), EncoderPrompts.none(), false);
        return new CausalPipeline(steps, OptionalInt.empty(), Optional.of(prompt));
    }
}
