package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Weight;

/**
 * A norm weight or bias on the device, in single precision.
 *
 * @param address of the first element
 * @param cols elements
 */
record CudaVector(long address, int cols) implements Weight {

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public long extraBytes() {
        return (long) Float.BYTES * cols;
    }
}
