package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Ints that the host fills and the device reads, or that ops write and the host never sees. */
final class CudaIndexBuffer implements IndexBuffer {

    private final CudaContext context;
    private final long address;
    private final int[] host;
    private final MemorySegment mirror;

    /**
     * Takes memory of the device.
     *
     * @param arena the backend's own, for what the driver copies from
     */
    CudaIndexBuffer(CudaContext context, Arena arena, long address, int capacity) {
        this.context = context;
        this.address = address;
        host = new int[capacity];
        mirror = arena.allocate(ValueLayout.JAVA_INT, capacity);
    }

    /** Where the device has it. */
    long address() {
        return address;
    }

    @Override
    public int[] host() {
        return host;
    }

    /** The host's side may change as soon as this returns. */
    @Override
    public void commit(int count) {
        Objects.checkFromIndexSize(0, count, host.length);
        MemorySegment.copy(host, 0, mirror, ValueLayout.JAVA_INT, 0, count);
        context.upload(mirror.asSlice(0, (long) count * Integer.BYTES), address);
    }

    /** What ops wrote, for tests. */
    int[] read(int count) {
        context.download(address, mirror.asSlice(0, (long) count * Integer.BYTES));
        int[] values = new int[count];
        MemorySegment.copy(mirror, ValueLayout.JAVA_INT, 0, values, 0, count);
        return values;
    }
}
