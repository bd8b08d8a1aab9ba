package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.RopeStyle;
import java.util.List;
import java.util.Objects;

/**
 * Rotary position embedding of a model.
 *
 * @param style which elements of a head form a pair, a matter of how the format stores the weights
 * @param theta base of the frequencies
 * @param rotaryDim dimensions of each head that are rotated; even, at most the head dimension; 0 if
 *     the model has no rotary embedding
 * @param divisors of the frequencies, one per pair (Llama 3.1); empty if there are none
 * @param scaling how positions are stretched
 */
public record RopeConfig(
        RopeStyle style, double theta, int rotaryDim, List<Double> divisors, RopeScaling scaling) {

    /** Requires the objects and one divisor per pair. */
    public RopeConfig {
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(scaling, "scaling");
        divisors = List.copyOf(divisors);
        if (!divisors.isEmpty() && divisors.size() != rotaryDim / 2) {
            throw new IllegalArgumentException(
                    "rotary divisors are one per pair, expected %d, found %d"
                            .formatted(rotaryDim / 2, divisors.size()));
        }
    }

    /** No rotary embedding. */
    public static RopeConfig none() {
        return new RopeConfig(RopeStyle.HALF_SPLIT, 10_000, 0, List.of(), new RopeScaling.None());
    }
}
