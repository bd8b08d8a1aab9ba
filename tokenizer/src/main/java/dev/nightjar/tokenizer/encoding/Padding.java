package dev.nightjar.tokenizer.encoding;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How inputs of a batch are filled to one length.
 *
 * @param fixedLength the length; if there is none, that of the longest input
 * @param multiple the length is rounded up to a multiple of this, at least 1
 * @param id the token that fills
 * @param typeId its type
 * @param side where it stands
 */
public record Padding(OptionalInt fixedLength, int multiple, int id, int typeId, Side side) {
    /** The longest input that padding makes. */
    public static final int MAX_LENGTH = 1 << 20;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a number is negative, or the length above {@link
     *     #MAX_LENGTH}
     */
    public Padding {
        Objects.requireNonNull(fixedLength, "fixedLength");
        Objects.requireNonNull(side, "side");
        if (multiple < 1 || multiple > MAX_LENGTH || id < 0 || typeId < 0) {
            throw new IllegalArgumentException(
                    "padding: expected a multiple from 1 to %d and ids of at least 0, found %d and %d, %d"
                            .formatted(MAX_LENGTH, multiple, id, typeId));
        }
        if (fixedLength.orElse(0) < 0 || fixedLength.orElse(0) > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "padding: expected a length from 0 to %d, found %d"
                            .formatted(MAX_LENGTH, fixedLength.getAsInt()));
        }
    }

    /** The length to fill to, where the longest input has this many tokens. */
    public int lengthFor(int longest) {
        int length = fixedLength.orElse(longest);
        return Math.ceilDiv(length, multiple) * multiple;
    }
}
