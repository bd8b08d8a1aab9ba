package dev.nightjar.tokenizer.encoding;

import java.util.Objects;

/**
 * How an input is cut that is too long.
 *
 * @param maxLength the most tokens, special ones included, at least 1
 * @param stride how many tokens a part shares with the one before it
 * @param strategy which text of a pair is cut
 * @param side where tokens are taken away
 */
public record Truncation(int maxLength, int stride, Strategy strategy, Side side) {
    /** Which text of a pair is cut. */
    public enum Strategy {
        /** The longer one, then both. */
        LONGEST_FIRST,
        /** The first one. */
        ONLY_FIRST,
        /** The second one. */
        ONLY_SECOND
    }

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the length or the stride is negative
     */
    public Truncation {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(side, "side");
        if (maxLength < 1 || stride < 0) {
            throw new IllegalArgumentException(
                    "truncation: expected a length of at least 1 and a stride of at least 0, found"
                            + " %d and %d".formatted(maxLength, stride));
        }
    }

    /** Cuts at the end, the longer text of a pair first, without parts that overlap. */
    public static Truncation to(int maxLength) {
        return new Truncation(maxLength, 0, Strategy.LONGEST_FIRST, Side.RIGHT);
    }
}
