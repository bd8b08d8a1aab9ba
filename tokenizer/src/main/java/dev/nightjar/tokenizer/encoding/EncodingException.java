package dev.nightjar.tokenizer.encoding;

/** An input that cannot be cut as it was asked for. */
public final class EncodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what was expected, what was found and what to do. */
    public EncodingException(String message) {
        super(message);
    }
}
