package dev.nightjar.engine.encoder;

import dev.nightjar.engine.request.InvalidRequestException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What vectors look like. Build one from {@link #defaults} with the other methods.
 *
 * @param scaling of the vectors
 * @param dimensions how many elements are kept, before the scaling; all when empty
 * @param overflow what happens to a text that is too long
 * @param prompt what stands in front of each text
 */
public record EmbedOptions(
        Scaling scaling, OptionalInt dimensions, Overflow overflow, Prompt prompt) {

    /** How long vectors are. */
    public enum Scaling {
        /** To length 1, so that dot products are cosines. */
        NORMALIZED,
        /** As the model computed them. */
        RAW
    }

    /** Checks what can be checked without a model. */
    public EmbedOptions {
        Objects.requireNonNull(scaling, "scaling");
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(prompt, "prompt");
        if (dimensions.orElse(1) < 1) {
            throw new InvalidRequestException(
                    "dimensions", "dimensions must be at least 1, found " + dimensions.getAsInt());
        }
    }

    /**
     * Whole vectors of length 1 of texts behind the model's default prompt; those that are too long
     * are refused.
     */
    public static EmbedOptions defaults() {
        return new EmbedOptions(
                Scaling.NORMALIZED, OptionalInt.empty(), Overflow.REFUSE, new Prompt.Standard());
    }

    /** With another scaling. */
    public EmbedOptions withScaling(Scaling value) {
        return new EmbedOptions(value, dimensions, overflow, prompt);
    }

    /** With the first elements only. */
    public EmbedOptions withDimensions(int value) {
        return new EmbedOptions(scaling, OptionalInt.of(value), overflow, prompt);
    }

    /** With another fate of long texts. */
    public EmbedOptions withOverflow(Overflow value) {
        return new EmbedOptions(scaling, dimensions, value, prompt);
    }

    /** With something else in front of texts. */
    public EmbedOptions withPrompt(Prompt value) {
        return new EmbedOptions(scaling, dimensions, overflow, value);
    }
}
