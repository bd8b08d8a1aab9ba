package dev.nightjar.engine.schedule;

/**
 * Limits of a scheduler.
 *
 * @param maxBatchedTokens the token budget of a step
 * @param maxSequences sequences that may hold blocks at the same time; lowered to the token budget,
 *     so that every running stream gets a token in every step
 * @param maxQueued sequences that may wait for their first admission
 */
public record SchedulerConfig(int maxBatchedTokens, int maxSequences, int maxQueued) {

    /** Checks the limits and lowers {@code maxSequences}. */
    public SchedulerConfig {
        if (maxBatchedTokens < 1 || maxSequences < 1 || maxQueued < 1) {
            throw new IllegalArgumentException(
                    "scheduler limits must be at least 1, found maxBatchedTokens %d,"
                                    .formatted(maxBatchedTokens)
                            + " maxSequences %d, maxQueued %d".formatted(maxSequences, maxQueued));
        }
        maxSequences = Math.min(maxSequences, maxBatchedTokens);
    }
}
