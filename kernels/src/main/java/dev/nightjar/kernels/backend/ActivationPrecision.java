package dev.nightjar.kernels.backend;

/** What activations are multiplied as where weights have codes that are whole numbers. */
public enum ActivationPrecision {
    /** As they are, in single precision; for measuring quantizations and kernels. */
    EXACT,
    /**
     * In blocks of 32 with 8 bits each, so that products are integers: several times as fast.
     * Applies to Q4_0, Q4_K and Q6_K, and with 15 bits each to Q8_0 where the processor multiplies
     * bytes and functions are assembled for it; other types are multiplied exactly.
     */
    Q8
}
