package dev.nightjar.kernels.backend;

/** Where a backend on the CPU keeps weights that it multiplies with. */
public enum WeightLayout {
    /**
     * In memory of its own, in the order in which its kernels read fastest. Pages of a mapped file
     * are given back after the copy, so that the model occupies memory once, but no longer shares
     * it with other processes.
     */
    REPACKED,
    /** In the memory of the checkpoint, which the system may drop and read again at any time. */
    IN_PLACE
}
