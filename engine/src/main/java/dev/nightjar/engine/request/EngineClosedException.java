package dev.nightjar.engine.request;

/** The engine is shutting down and takes no new work. */
public final class EngineClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says so. */
    public EngineClosedException() {
        super("the engine is shutting down and takes no new requests");
    }
}
