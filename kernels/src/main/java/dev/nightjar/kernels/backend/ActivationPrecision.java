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
    Q8,
    /**
     * With 8 bits each and one factor for a whole row, and so are weights of 8 bits and more: rows
     * of F32, F16, BF16 and Q8_0 become whole numbers of 7 bits when they are prepared, with one
     * factor each, if their columns are whole blocks of 32. Fastest where there are many
     * activations, and less exact: what lies far out in a row costs the rest of it bits. Other
     * types are multiplied as in {@link #Q8}. Only where functions are assembled for the processor.
     */
    INT8
}
