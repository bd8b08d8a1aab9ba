package dev.nightjar.engine.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * A model at one moment.
 *
 * @param spec what was asked for
 * @param state where it stands
 * @param isPinned whether it stays in memory, which can change after the start
 * @param memoryBytes that it takes now, old instances that drain included
 * @param loadedAt when the instance that takes requests was loaded
 * @param lastUsedAt when a request of that instance last began or ended
 * @param inFlight requests that hold it, old instances included
 * @param replicas shares of its sequences in use; 0 while it is not loaded
 * @param error why it could not be loaded
 * @param instance what takes requests
 */
public record ModelStatus(
        ModelSpec spec,
        ModelState state,
        boolean isPinned,
        long memoryBytes,
        Optional<Instant> loadedAt,
        Optional<Instant> lastUsedAt,
        int inFlight,
        int replicas,
        Optional<String> error,
        Optional<ModelInstance> instance) {

    /** The name it is loaded under. */
    public String name() {
        return spec.name();
    }
}
