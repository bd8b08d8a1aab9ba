package dev.nightjar.kernels.backend;

/** What a weight is for; decides how a backend stores it. */
public enum WeightUse {
    /** Right-hand side of {@link Backend#matmul}. */
    MATMUL,
    /** Rows looked up by {@link Backend#embed} or {@link Backend#addExpertBias}. */
    EMBEDDING,
    /** Used element-wise, in row-major order: norm weights, biases, scales. */
    VECTOR
}
