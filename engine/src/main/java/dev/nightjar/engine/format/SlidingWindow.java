package dev.nightjar.engine.format;

import java.util.Objects;
import java.util.Optional;

/**
 * Layers that see only the last tokens.
 *
 * @param size tokens that a windowed layer sees, the token itself included; above 0
 * @param fullEvery every how many layers one sees everything, the last of each group: with 6,
 *     layers 5, 11, …; 0 if all layers are windowed
 * @param rope rotary embedding of the windowed layers, if they have one of their own
 */
public record SlidingWindow(int size, int fullEvery, Optional<RopeConfig> rope) {

    /** Requires the rope. */
    public SlidingWindow {
        Objects.requireNonNull(rope, "rope");
    }

    /** Whether a layer sees only the window. */
    public boolean covers(int layer) {
        return fullEvery == 0 || layer % fullEvery != fullEvery - 1;
    }
}
