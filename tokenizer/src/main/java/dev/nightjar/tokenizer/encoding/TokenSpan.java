package dev.nightjar.tokenizer.encoding;

import java.util.Arrays;

/**
 * The tokens of one text, before anything is added. Immutable; arrays are not copied.
 *
 * @param ids token ids {@code [T]}
 * @param starts where each token begins in the text, in UTF-16 units {@code [T]}
 * @param ends where each token ends {@code [T]}
 */
public record TokenSpan(int[] ids, int[] starts, int[] ends) {
    /** The number of tokens, {@code T}. */
    int size() {
        return ids.length;
    }

    TokenSpan slice(int from, int to) {
        return new TokenSpan(
                Arrays.copyOfRange(ids, from, to),
                Arrays.copyOfRange(starts, from, to),
                Arrays.copyOfRange(ends, from, to));
    }
}
