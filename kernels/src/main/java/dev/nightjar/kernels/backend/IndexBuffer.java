package dev.nightjar.kernels.backend;

/**
 * A persistent int array that the host fills before a step and kernels read during it: token ids,
 * positions, slots, block tables. The host writes {@link #host()}, then calls {@link #commit}.
 */
public interface IndexBuffer {

    /** The host's side; its length is the capacity. */
    int[] host();

    /** Makes elements {@code [0, count)} of the host's side visible to the device. */
    void commit(int count);
}
