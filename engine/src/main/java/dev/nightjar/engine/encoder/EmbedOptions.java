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
 */
public record EmbedOptions(Scaling scaling, OptionalInt dimensions, Overflow overflow) {

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
        if (dimensions.orElse(1) < 1) {
            throw new InvalidRequestException(
                    "dimensions", "dimensions must be at least 1, found " + dimensions.getAsInt());
        }
    }

    /** Whole vectors of length 1; texts that are too long are refused. */
    public static EmbedOptions defaults() {
        return new EmbedOptions(Scaling.NORMALIZED, OptionalInt.empty(), Overflow.REFUSE);
    }

    /** With another scaling. */
    public EmbedOptions withScaling(Scaling value) {
        return new EmbedOptions(value, dimensions, overflow);
    }

    /** With the first elements only. */
    public EmbedOptions withDimensions(int value) {
        return new EmbedOptions(scaling, OptionalInt.of(value), overflow);
    }

    /** With another fate of long texts. */
    public EmbedOptions withOverflow(Overflow value) {
        return new EmbedOptions(scaling, dimensions, value);
    }
}
