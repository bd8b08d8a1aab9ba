package dev.nightjar.engine.lifecycle;

/**
 * How far a model may grow and shrink. A replica is a share of the sequences that the model may
 * compute at the same time: on one device a second copy of the weights would only take memory, see
 * docs/adr/0014-replicas-are-shares-of-a-batch.md.
 *
 * @param min replicas that a loaded model has at least, from 1
 * @param max replicas that all its sequences are divided into
 */
public record Replicas(int min, int max) {

    /** All sequences at once, always. */
    public static final Replicas FIXED = new Replicas(1, 1);

    /** Checks the range. */
    public Replicas {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "replicas need 1 <= min <= max, found min %d, max %d".formatted(min, max));
        }
    }

    /** The sequences that so many replicas may compute at the same time. */
    public int sequences(int replicas, int maxSequences) {
        return Math.max(1, Math.ceilDiv(maxSequences * replicas, max));
    }
}
