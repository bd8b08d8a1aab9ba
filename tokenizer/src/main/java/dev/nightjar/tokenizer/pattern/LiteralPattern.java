package dev.nightjar.tokenizer.pattern;

/**
 * Matches a text as it is written.
 *
 * @param literal the text, not empty
 */
public record LiteralPattern(String literal) implements TextPattern {
    /**
     * Validates.
     *
     * @throws PatternException if the text is empty
     */
    public LiteralPattern {
        if (literal.isEmpty()) {
            throw new PatternException("pattern: expected at least one character, found none");
        }
    }

    @Override
    public void forEachMatch(String text, MatchConsumer matches) {
        for (int at = text.indexOf(literal); at >= 0; ) {
            int end = at + literal.length();
            matches.accept(at, end);
            at = text.indexOf(literal, end);
        }
    }
}
