package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.ExpertRouting;
import java.util.Objects;

/**
 * A mixture of experts in place of the feed-forward layers.
 *
 * @param routing how experts are chosen and weighted
 * @param expertSize width of one expert
 * @param sharedSize width of the expert that all tokens use, several of them counted as one; 0 if
 *     there is none
 * @param leadingDenseLayers first layers that have a plain feed-forward instead
 */
public record ExpertsConfig(
        ExpertRouting routing, int expertSize, int sharedSize, int leadingDenseLayers) {

    /** Requires the routing. */
    public ExpertsConfig {
        Objects.requireNonNull(routing, "routing");
    }
}
