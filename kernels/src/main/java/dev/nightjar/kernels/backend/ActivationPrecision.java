package dev.nightjar.kernels.backend;

/** What activations are multiplied as where weights have codes of four or six bits. */
public enum ActivationPrecision {
    /** As they are, in single precision; for measuring quantizations and kernels. */
    EXACT,
    /**
     * In blocks of 32 with 8 bits each, so that products are integers: up to three times as fast.
     * Applies to Q4_0, Q4_K and Q6_K; other types are multiplied exactly.
     */
    Q8
}
