package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.EncoderPrompts;
import dev.nightjar.engine.format.PairPrompt;
import dev.nightjar.engine.format.StaticConfig;
import java.util.Objects;
import java.util.Optional;

/**
 * How texts are written for a model.
 *
 * @param numTokenTypes of pairs; without any all tokens are of type 0
 * @param prompts texts that may go in front
 * @param poolsPrompt whether a prompt's tokens are pooled
 * @param lowersCase whether texts are written in lower case
 * @param hasSpecials whether special tokens stand around a text
 * @param droppedToken that is left out of texts, if any
 * @param pairPrompt around a pair, if the model takes nothing else
 */
public record InputRules(
        int numTokenTypes,
        EncoderPrompts prompts,
        boolean poolsPrompt,
        boolean lowersCase,
        boolean hasSpecials,
        Optional<String> droppedToken,
        Optional<PairPrompt> pairPrompt) {

    /** Requires the objects. */
    public InputRules {
        Objects.requireNonNull(droppedToken, "droppedToken");
        Objects.requireNonNull(prompts, "prompts");
        Objects.requireNonNull(pairPrompt, "pairPrompt");
    }

    /** Those of a model with layers. */
    public static InputRules of(int numTokenTypes, EncoderPipeline pipeline) {
        return new InputRules(
                numTokenTypes,
                pipeline.prompts(),
                pipeline.poolsPrompt(),
                pipeline.lowersCase(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** Those of a decoder. */
    public static InputRules of(CausalPipeline pipeline) {
        EncoderPipeline steps = pipeline.steps();
        return new InputRules(
                0,
                steps.prompts(),
                steps.poolsPrompt(),
                steps.lowersCase(),
                true,
                Optional.empty(),
                pipeline.prompt());
    }

    /** Those of a table of token vectors. */
    public static InputRules of(StaticConfig config) {
        return new InputRules(
                0,
                config.pipeline().prompts(),
                true,
                false,
                false,
                config.droppedToken(),
                Optional.empty());
    }

    /** Whether a text may have no token at all; its vector is zero. */
    public boolean allowsNoTokens() {
        return !hasSpecials;
    }
}
