package dev.nightjar.kernels.backend;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a kind of backend finds on this machine.
 *
 * @param backend its name
 * @param device where it computes: {@code cpu}, {@code cuda}
 * @param found each device, those it cannot use included
 * @param refusal why it cannot run here; empty if it can
 */
public record DeviceReport(
        String backend, String device, List<Found> found, Optional<String> refusal) {

    /**
     * A device.
     *
     * @param id what {@link DeviceChoice#parse} takes: {@code cpu}, {@code cuda:1}
     * @param description a line for people
     */
    public record Found(String id, String description) {}

    /** Copies the list. */
    public DeviceReport {
        found = List.copyOf(found);
        Objects.requireNonNull(refusal, "refusal");
    }
}
