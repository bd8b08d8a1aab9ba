package dev.nightjar.kernels.backend;

import java.util.Optional;

/**
 * What a caller wants of a backend.
 *
 * @param name the backend to use, or empty to take the best one available
 * @param threads threads for kernels; 0 takes the number of available processors
 */
public record BackendOptions(Optional<String> name, int threads) {

    /** Checks the thread count. */
    public BackendOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be >= 0, found " + threads);
        }
    }

    /** The best backend on all processors, unless {@code nightjar.backend} names another one. */
    public static BackendOptions defaults() {
        return new BackendOptions(Optional.ofNullable(System.getProperty("nightjar.backend")), 0);
    }
}
