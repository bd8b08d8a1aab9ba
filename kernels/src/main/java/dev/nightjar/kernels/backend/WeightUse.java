package dev.nightjar.kernels.backend;

/** What a weight is for; decides how a backend stores it. */
public enum WeightUse {
    /** Right-hand side of {@link Backend#matmul}. */
    MATMUL,
    /** Rows looked up by {@link Backend#embed}. */
    EMBEDDING,
    /** A single row used element-wise: norm weights, biases. */
    VECTOR
}
