package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Floats on the device.
 *
 * @param context the device's
 * @param address of the first one
 * @param capacity how many
 */
record CudaBuffer(CudaContext context, long address, long capacity) implements DeviceBuffer {

    @Override
    public void read(long offset, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, count, capacity);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, count);
            context.download(address + offset * Float.BYTES, host);
            MemorySegment.copy(host, ValueLayout.JAVA_FLOAT, 0, target, targetOffset, count);
        }
    }

    @Override
    public void write(long offset, float[] source, int sourceOffset, int count) {
        Objects.checkFromIndexSize(offset, count, capacity);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, count);
            MemorySegment.copy(source, sourceOffset, host, ValueLayout.JAVA_FLOAT, 0, count);
            context.upload(host, address + offset * Float.BYTES);
            context.synchronize();
        }
    }
}
