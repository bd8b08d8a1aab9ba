package dev.nightjar.tokenizer;

/** A tokenizer file that is damaged or says something that is not implemented. */
public final class TokenizerFormatException extends TokenizerException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the file. */
    public TokenizerFormatException(String message) {
        super(message);
    }
}
