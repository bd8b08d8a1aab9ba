package dev.nightjar.tokenizer.encoding;

import java.util.Arrays;
import java.util.List;

/**
 * One input as a model takes it; all arrays are {@code [T]}. Immutable by agreement: arrays are not
 * copied.
 *
 * @param ids token ids
 * @param typeIds which text of a pair a token is of, as the checkpoint counts
 * @param attentionMask 1 for a token, 0 for padding
 * @param specialTokensMask 1 for a token that is of no text
 * @param starts where a token begins in its text, in UTF-16 units; 0 for special tokens
 * @param ends where a token ends in its text; 0 for special tokens
 * @param overflowing the other parts of an input that was cut, in the same form
 */
public record Encoding(
        int[] ids,
        int[] typeIds,
        int[] attentionMask,
        int[] specialTokensMask,
        int[] starts,
        int[] ends,
        List<Encoding> overflowing) {
    /** The number of tokens, {@code T}, padding included. */
    public int size() {
        return ids.length;
    }

    /** This input filled to a length; itself, if it is as long. */
    public Encoding padded(Padding padding, int length) {
        List<Encoding> others =
                overflowing.stream().map(other -> other.padded(padding, length)).toList();
        if (size() >= length) {
            return withOverflowing(others);
        }
        Side side = padding.side();
        return new Encoding(
                filled(ids, padding.id(), length, side),
                filled(typeIds, padding.typeId(), length, side),
                filled(attentionMask, 0, length, side),
                filled(specialTokensMask, 1, length, side),
                filled(starts, 0, length, side),
                filled(ends, 0, length, side),
                others);
    }

    Encoding withOverflowing(List<Encoding> others) {
        return new Encoding(ids, typeIds, attentionMask, specialTokensMask, starts, ends, others);
    }

    /** Equal if every part is equal by value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(typeIds, that.typeIds)
                && Arrays.equals(attentionMask, that.attentionMask)
                && Arrays.equals(specialTokensMask, that.specialTokensMask)
                && Arrays.equals(starts, that.starts)
                && Arrays.equals(ends, that.ends)
                && overflowing.equals(that.overflowing);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "Encoding[ids=%s, typeIds=%s, %d overflowing]"
                .formatted(Arrays.toString(ids), Arrays.toString(typeIds), overflowing.size());
    }

    private static int[] filled(int[] values, int filler, int length, Side side) {
        int[] filled = new int[length];
        Arrays.fill(filled, filler);
        int at = side == Side.LEFT ? length - values.length : 0;
        System.arraycopy(values, 0, filled, at, values.length);
        return filled;
    }
}
