package dev.nightjar.engine.lifecycle;

import java.time.Duration;

/** A model is known but cannot take a request now; the message says why and what to do. */
public final class ModelNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** Nobody loaded it, or somebody unloaded it. */
        UNLOADED,
        /** It is still being loaded. */
        LOADING,
        /** Loading it failed. */
        FAILED,
        /** The memory budget has no room for it. */
        NO_ROOM,
        /** As many requests as allowed wait for it. */
        TOO_MANY_WAITING,
        /** The engine is shutting down. */
        CLOSED
    }

    private final Reason reason;
    private final Duration retryAfter;

    ModelNotReadyException(Reason reason, Duration retryAfter, String message) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }

    /** When another try makes sense. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
