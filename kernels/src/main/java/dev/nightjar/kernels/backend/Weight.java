package dev.nightjar.kernels.backend;

/**
 * An opaque handle of weights that a backend has prepared (kept in place, repacked, uploaded). A
 * fused weight is several matrices of equal row length one below the other, each in its own block
 * format.
 */
public interface Weight {

    /** Output features: rows of all parts together. */
    int rows();

    /** Input features: elements per row. */
    int cols();

    /** Bytes this weight occupies on the device beyond the checkpoint's own memory. */
    long extraBytes();
}
