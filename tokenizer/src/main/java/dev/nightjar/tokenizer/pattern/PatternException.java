package dev.nightjar.tokenizer.pattern;

/** A pattern that is not understood, or that takes too long on a text. */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what was expected, what was found and what to do. */
    public PatternException(String message) {
        super(message);
    }
}
