package dev.nightjar.engine.request;

import java.util.Arrays;

/**
 * One text, or a pair, as an encoder takes it. Immutable by agreement: arrays are not copied.
 *
 * @param ids token ids, special ones included; at least one
 * @param typeIds which text of a pair each token is of
 */
public record EncoderInput(int[] ids, int[] typeIds) {

    /** Checks the lengths. */
    public EncoderInput {
        if (ids.length == 0 || ids.length != typeIds.length) {
            throw new InvalidRequestException(
                    "input",
                    "an input needs at least one token id and as many types, found %d and %d"
                            .formatted(ids.length, typeIds.length));
        }
    }

    /** One text as token ids, taken as they are. */
    public static EncoderInput of(int... ids) {
        return new EncoderInput(ids, new int[ids.length]);
    }

    /** T. */
    public int numTokens() {
        return ids.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncoderInput that
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
