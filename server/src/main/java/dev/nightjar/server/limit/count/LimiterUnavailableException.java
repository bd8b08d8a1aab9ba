package dev.nightjar.server.limit.count;

/** The counts of limits cannot be reached. */
public final class LimiterUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What failed, in a word that may be logged. */
    public LimiterUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
