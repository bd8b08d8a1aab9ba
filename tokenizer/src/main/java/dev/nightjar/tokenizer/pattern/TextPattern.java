package dev.nightjar.tokenizer.pattern;

/** Finds stretches of a text. Immutable, safe for use by many threads. */
public sealed interface TextPattern permits LiteralPattern, RegexPattern {
    /** Takes the matches in a text one after the other. */
    @FunctionalInterface
    interface MatchConsumer {
        /** Takes the match {@code [from, to)}, which may be empty. */
        void accept(int from, int to);
    }

    /**
     * Hands on every match, from left to right, not overlapping.
     *
     * @throws PatternException if the search takes too long or nests too deep
     */
    void forEachMatch(String text, MatchConsumer matches);
}
