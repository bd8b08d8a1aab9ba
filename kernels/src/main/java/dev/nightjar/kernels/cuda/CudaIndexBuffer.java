package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.PinnedBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Ints that the host fills and the device reads, or that ops write and the host never sees. */
final class CudaIndexBuffer implements IndexBuffer, AutoCloseable {

    /** See {@link #opWrites}. */
    static final long BY_HOST = 0;

    private final long address;
    private final int[] host;
    private final PinnedBuffer mirror;
    private long writes;
    private boolean isByHost = true;

    /** Uses memory of the device, which stays the caller's. */
    CudaIndexBuffer(CudaContext context, long address, int capacity) {
        this.address = address;
        host = new int[capacity];
        mirror = new PinnedBuffer(context, (long) Integer.BYTES * capacity);
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
        MemorySegment.copy(host, 0, mirror.free(), ValueLayout.JAVA_INT, 0, count);
        mirror.send((long) count * Integer.BYTES, address);
        isByHost = true;
    }

    /** An op was launched that writes the device's side. */
    void writtenByOp() {
        writes++;
        isByHost = false;
    }

    /** Another number for each content that ops wrote; {@link #BY_HOST} for one of the host. */
    long opWrites() {
        return isByHost ? BY_HOST : writes;
    }

    /** What ops wrote, for tests. */
    int[] read(int count) {
        MemorySegment found = mirror.receive(address, (long) count * Integer.BYTES);
        int[] values = new int[count];
        MemorySegment.copy(found, ValueLayout.JAVA_INT, 0, values, 0, count);
        return values;
    }

    /** Gives the host's side back; the device's is freed with the backend's memory. */
    @Override
    public void close() {
        mirror.close();
    }
}
