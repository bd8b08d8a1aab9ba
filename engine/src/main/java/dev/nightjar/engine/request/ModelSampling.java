package dev.nightjar.engine.request;

import java.util.Map;

/**
 * How the files of a model suggest that its tokens are chosen. The engine applies none of it by
 * itself; whoever makes requests may, under what the user asked for.
 *
 * @param values by knob; those that are missing are left to others
 */
public record ModelSampling(Map<SamplingKnob, Double> values) {

    /** No suggestion. */
    public static final ModelSampling NONE = new ModelSampling(Map.of());

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException if one is out of range
     */
    public ModelSampling {
        values = Map.copyOf(values);
        values.forEach(SamplingKnob::check);
    }

    /** Sets what it has values for. */
    public void applyTo(SamplingParams.Builder params) {
        values.forEach((knob, value) -> knob.set(params, value));
    }
}
