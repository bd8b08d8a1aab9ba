package dev.nightjar.engine.request;

/**
 * The class of a request in the queue of a model. A class has a share, not a right of way: see
 * {@code FairShare} in package {@code schedule}.
 */
public enum Priority {
    /** What everybody has. */
    STANDARD(1),
    /** Four times the share. */
    DEDICATED(4),
    /** Sixteen times the share. */
    ENTERPRISE(16);

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** Its share beside one of the standard class. */
    public int weight() {
        return weight;
    }
}
