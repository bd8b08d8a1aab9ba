package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.cuda.driver.Staging;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Floats on the device.
 *
 * @param staging copies from and to the host
 * @param address of the first one
 * @param capacity how many
 */
record CudaBuffer(Staging staging, long address, long capacity) implements DeviceBuffer {

    @Override
    public void read(long offset, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, count, capacity);
        MemorySegment floats =
                MemorySegment.ofArray(target).asSlice(bytes(targetOffset), bytes(count));
        staging.download(address + bytes(offset), floats);
    }

    @Override
    public void write(long offset, float[] source, int sourceOffset, int count) {
        Objects.checkFromIndexSize(offset, count, capacity);
        MemorySegment floats =
                MemorySegment.ofArray(source).asSlice(bytes(sourceOffset), bytes(count));
        staging.upload(floats, address + bytes(offset));
    }

    private static long bytes(long numFloats) {
        return numFloats * Float.BYTES;
    }
}
