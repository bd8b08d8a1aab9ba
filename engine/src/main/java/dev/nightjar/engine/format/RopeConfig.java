package dev.nightjar.engine.format;

import java.util.Objects;

/**
 * Rotary position embedding of a model.
 *
 * @param theta base of the frequencies
 * @param rotaryDim leading dimensions of each head that are rotated; even, at most the head
 *     dimension
 * @param scaling how positions are stretched
 */
public record RopeConfig(double theta, int rotaryDim, RopeScaling scaling) {

    /** Requires the scaling. */
    public RopeConfig {
        Objects.requireNonNull(scaling, "scaling");
    }
}
