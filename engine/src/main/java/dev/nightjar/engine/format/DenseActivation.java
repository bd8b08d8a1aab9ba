package dev.nightjar.engine.format;

/** The function behind a {@link PipelineModule.Dense}. */
public enum DenseActivation {
    /** None. */
    IDENTITY,
    /** The hyperbolic tangent. */
    TANH,
    /** {@code max(0, x)}. */
    RELU,
    /** {@code x * Phi(x)}, through erf. */
    GELU,
    /** {@code x * sigmoid(x)}. */
    SILU
}
