package dev.nightjar.kernels.backend;

/**
 * A block of f32 elements in the memory of a backend's device. Only its backend looks inside;
 * {@link #read} and {@link #write} are for tests, tools and results that leave the device, never
 * for a forward pass.
 */
public interface DeviceBuffer {

    /** Number of f32 elements. */
    long capacity();

    /** Copies elements {@code [offset, offset + count)} to the host; waits for pending work. */
    void read(long offset, float[] target, int targetOffset, int count);

    /** Copies elements from the host to {@code [offset, offset + count)}. */
    void write(long offset, float[] source, int sourceOffset, int count);
}
