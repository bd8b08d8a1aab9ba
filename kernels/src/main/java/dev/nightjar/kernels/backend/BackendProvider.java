package dev.nightjar.kernels.backend;

import java.util.List;
import java.util.Optional;

/**
 * Offers one kind of backend; found by service lookup, so that no class of a backend loads before
 * it was found available.
 */
public interface BackendProvider {

    /** The name that {@link BackendOptions} and {@code -Dnightjar.backend} use. */
    String name();

    /** Where it computes: {@code cpu}, {@code cuda}. */
    default String device() {
        return "cpu";
    }

    /** What it could compute on; asks the machine. */
    default DeviceReport report() {
        return new DeviceReport(
                name(),
                device(),
                List.of(new DeviceReport.Found(device(), "processor")),
                refusal());
    }

    /** Higher is tried first. */
    int priority();

    /** Why this backend cannot run here, with what to do about it; empty if it can. */
    Optional<String> refusal();

    /**
     * Opens the backend; called only when there is no refusal.
     *
     * @param options with at least one thread
     */
    Backend open(BackendOptions options);
}
