package dev.nightjar.engine.request;

import java.util.Arrays;

/**
 * One text, or a pair, as an encoder takes it. Immutable by agreement: arrays are not copied.
 *
 * @param ids token ids, special ones included; only models without special tokens take none
 * @param typeIds which text of a pair each token is of
 * @param numSkipped tokens at the beginning that do not count in means and maxima
 */
public record EncoderInput(int[] ids, int[] typeIds, int numSkipped) {

    /** Checks the lengths. */
    public EncoderInput {
        if (ids.length != typeIds.length || numSkipped < 0 || numSkipped > ids.length) {
            throw new InvalidRequestException(
                    "input",
                    "an input needs as many token types as ids, found %d and %d, and as many tokens as are skipped, found %d"
                            .formatted(typeIds.length, ids.length, numSkipped));
        }
    }

    /** All of whose tokens count. */
    public EncoderInput(int[] ids, int[] typeIds) {
        this(ids, typeIds, 0);
    }

    /** One text as token ids, taken as they are. */
    public static EncoderInput of(int... ids) {
        return new EncoderInput(ids, new int[ids.length]);
    }

    /** This input with so many tokens at its beginning that do not count. */
    public EncoderInput withSkipped(int count) {
        return new EncoderInput(ids, typeIds, count);
    }

    /** T. */
    public int numTokens() {
        return ids.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncoderInput that
                && numSkipped == that.numSkipped
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(typeIds, that.typeIds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "EncoderInput" + Arrays.toString(ids);
    }
}
