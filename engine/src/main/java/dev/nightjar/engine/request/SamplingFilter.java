package dev.nightjar.engine.request;

import java.util.List;

/** A step between the model's (penalized) logits and the draw. */
public enum SamplingFilter {
    /** Flattens or sharpens the distribution that the filters after it see. */
    TEMPERATURE,
    /** Keeps the k likeliest tokens. */
    TOP_K,
    /** Keeps the tokens whose information is nearest to the entropy. */
    TYPICAL,
    /** Keeps the likeliest tokens up to a mass. */
    TOP_P,
    /** Keeps the tokens of at least a share of the largest probability. */
    MIN_P;

    /** The order in which they act unless a request says otherwise. */
    public static final List<SamplingFilter> DEFAULT_ORDER = List.of(values());
}
