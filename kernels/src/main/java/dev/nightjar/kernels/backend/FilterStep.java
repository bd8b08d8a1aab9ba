package dev.nightjar.kernels.backend;

/**
 * One step between a row's edited logits and the draw. Each acts on the tokens that the steps
 * before it kept, with the probabilities they have among themselves.
 */
public enum FilterStep {
    /** Divides the logits; the steps before it see them undivided. */
    TEMPERATURE,
    /** Keeps the k likeliest. */
    TOP_K,
    /** Keeps those whose information is nearest to the mean, up to a mass. */
    TYPICAL,
    /** Keeps the likeliest, up to a mass. */
    TOP_P,
    /** Keeps those of at least a share of the likeliest one's probability. */
    MIN_P
}
