package dev.nightjar.engine.format;

import java.util.List;
import java.util.Objects;

/**
 * Layers of an encoder that see only what is near, on either side.
 *
 * @param window tokens that are seen on either side; above 0
 * @param layers whether each layer is such a one
 * @param rope rotary embedding of these layers
 */
public record LocalAttention(int window, List<Boolean> layers, RopeConfig rope) {

    /** Requires the rope and the window. */
    public LocalAttention {
        Objects.requireNonNull(rope, "rope");
        layers = List.copyOf(layers);
        if (window < 1) {
            throw new IllegalArgumentException("expected a window above 0, found " + window);
        }
    }

    /** Whether a layer sees only the window. */
    public boolean covers(int layer) {
        return layers.get(layer);
    }
}
