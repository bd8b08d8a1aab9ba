package dev.nightjar.server.store;

/** The store cannot be read or written; the message says why and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Reason {
        /** Another process has the database open. */
        IN_USE,
        /** Anything else. */
        OTHER
    }

    private final Reason reason;

    /** Without a cause that would say more. */
    StoreException(String message) {
        super(message);
        this.reason = Reason.OTHER;
    }

    /** With what the database said. */
    StoreException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is in the way. */
    public Reason reason() {
        return reason;
    }
}
