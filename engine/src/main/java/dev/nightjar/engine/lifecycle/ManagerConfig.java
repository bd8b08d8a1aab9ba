package dev.nightjar.engine.lifecycle;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Limits of a manager.
 *
 * @param budgetBytes memory that all loaded models share; without limit when empty
 * @param loadPatience how long a request waits for a model that is being loaded
 * @param roomPatience how long a load waits for models in use to become idle
 * @param maxWaiting requests that may wait for one model at the same time
 * @param retryAfter how long after a failed load a request tries again
 */
public record ManagerConfig(
        OptionalLong budgetBytes,
        Duration loadPatience,
        Duration roomPatience,
        int maxWaiting,
        Duration retryAfter) {

    /** Checks the limits. */
    public ManagerConfig {
        if (budgetBytes.isPresent() && budgetBytes.getAsLong() < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "the memory budget and the number of waiting requests must be at least 1,"
                            + " found %s and %d".formatted(budgetBytes, maxWaiting));
        }
    }

    /** No budget; requests wait up to five minutes for a load, and a load ten seconds for room. */
    public static ManagerConfig defaults() {
        return new ManagerConfig(
                OptionalLong.empty(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                256,
                Duration.ofSeconds(10));
    }

    /** With a memory budget. */
    public ManagerConfig withBudgetBytes(long value) {
        return new ManagerConfig(
                OptionalLong.of(value), loadPatience, roomPatience, maxWaiting, retryAfter);
    }

    /** With another time that a request waits. */
    public ManagerConfig withLoadPatience(Duration value) {
        return new ManagerConfig(budgetBytes, value, roomPatience, maxWaiting, retryAfter);
    }

    /** With another time that a load waits for room. */
    public ManagerConfig withRoomPatience(Duration value) {
        return new ManagerConfig(budgetBytes, loadPatience, value, maxWaiting, retryAfter);
    }

    /** With another limit of waiting requests. */
    public ManagerConfig withMaxWaiting(int value) {
        return new ManagerConfig(budgetBytes, loadPatience, roomPatience, value, retryAfter);
    }

    /** With another pause after a failed load. */
    public ManagerConfig withRetryAfter(Duration value) {
        return new ManagerConfig(budgetBytes, loadPatience, roomPatience, maxWaiting, value);
    }
}
