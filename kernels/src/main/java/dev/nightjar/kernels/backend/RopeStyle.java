package dev.nightjar.kernels.backend;

/** Which elements of a head rotary embedding turns together; {@code R} is the rotary dimension. */
public enum RopeStyle {
    /** Pairs {@code (2i, 2i + 1)}: Llama checkpoints in GGUF. */
    ADJACENT,
    /** Pairs {@code (i, i + R/2)}: Hugging Face layout, NeoX. */
    HALF_SPLIT
}
