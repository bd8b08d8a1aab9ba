package dev.nightjar.tokenizer;

/**
 * A tokenizer that cannot be built, or text that its vocabulary cannot express; the message says
 * what was expected, what was found and what to do.
 */
public class TokenizerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the checkpoint or the text. */
    public TokenizerException(String message) {
        super(message);
    }
}
