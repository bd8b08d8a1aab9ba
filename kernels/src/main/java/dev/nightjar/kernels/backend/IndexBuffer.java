package dev.nightjar.kernels.backend;

/**
 * A persistent int array on a device. Most are filled by the host before a step and read by kernels
 * during it (token ids, positions, slots, block tables): the host writes {@link #host()}, then
 * calls {@link #commit}. Others are written by ops and never seen by the host (chosen experts).
 */
public interface IndexBuffer {

    /** The host's side; its length is the capacity. */
    int[] host();

    /** Makes elements {@code [0, count)} of the host's side visible to the device. */
    void commit(int count);
}
