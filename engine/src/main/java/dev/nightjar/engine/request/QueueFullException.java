package dev.nightjar.engine.request;

/** As many sequences as allowed are waiting; try again later or elsewhere. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int maxQueued;

    /** Names the limit. */
    public QueueFullException(int maxQueued) {
        super("%d sequences are already waiting, the most allowed".formatted(maxQueued));
        this.maxQueued = maxQueued;
    }

    /** The limit. */
    public int maxQueued() {
        return maxQueued;
    }
}
