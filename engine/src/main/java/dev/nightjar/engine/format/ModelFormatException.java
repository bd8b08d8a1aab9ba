package dev.nightjar.engine.format;

/**
 * A checkpoint that cannot be used as it is; the message says what was expected, what was found and
 * what to do.
 */
public class ModelFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the checkpoint. */
    public ModelFormatException(String message) {
        super(message);
    }

    /** As above, with the error that it explains. */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
