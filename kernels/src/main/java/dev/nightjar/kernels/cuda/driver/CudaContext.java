package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One device with a stream in which ops run in call order, and one for what goes to memory that no
 * op uses yet, so that a model that loads neither waits for others nor holds them up. Any thread
 * may copy and wait, one launches; each call makes the context the calling thread's own.
 *
 * <p>Copies from pinned memory return before they are done, see {@link PinnedBuffer}; from other
 * memory of the host, when the source may change, as the driver stages it. Copies to the host
 * return when they are done.
 */
public final class CudaContext implements AutoCloseable {

    private final CudaDriver driver;
    private final CudaDevice device;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment context;
    private final CudaStream ops;
    private final CudaStream loads;

    /** Opens a device of a driver that was found. */
    public CudaContext(CudaDriver driver, CudaDevice device) {
        this.driver = driver;
        this.device = device;
        MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
        driver.check(
                CudaHeader.cuDevicePrimaryCtxRetain(result, device.ordinal()),
                "cuDevicePrimaryCtxRetain");
        context = result.get(ValueLayout.ADDRESS, 0);
        makeCurrent();
        ops = new CudaStream(this);
        loads = new CudaStream(this);
    }

    /** The device. */
    public CudaDevice device() {
        return device;
    }

    /** Where launches go. */
    MemorySegment stream() {
        return ops.handle();
    }

    /** In which everything runs in call order. */
    CudaStream ops() {
        return ops;
    }

    /** Beside the ops, for memory that none of them uses yet. */
    CudaStream loads() {
        return loads;
    }

    void makeCurrent() {
        driver.check(CudaHeader.cuCtxSetCurrent(context), "cuCtxSetCurrent");
    }

    void check(int result, String call) {
        driver.check(result, call);
    }

    /** Free and total bytes of the device's memory now. */
    public MemoryUse memory() {
        makeCurrent();
        try (Arena local = Arena.ofConfined()) {
            MemorySegment free = local.allocate(ValueLayout.JAVA_LONG);
            MemorySegment total = local.allocate(ValueLayout.JAVA_LONG);
            check(CudaHeader.cuMemGetInfo_v2(free, total), "cuMemGetInfo");
            return new MemoryUse(
                    free.get(ValueLayout.JAVA_LONG, 0), total.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    /**
     * Bytes of the device's memory.
     *
     * @param free that may be allocated
     * @param total of the device
     */
    public record MemoryUse(long free, long total) {}

    /**
     * Memory of undefined content; 0 if the device has none left.
     *
     * @return its address on the device
     */
    long tryAllocate(long bytes) {
        makeCurrent();
        try (Arena local = Arena.ofConfined()) {
            MemorySegment address = local.allocate(ValueLayout.JAVA_LONG);
            int result = CudaHeader.cuMemAlloc_v2(address, bytes);
            if (result == CudaHeader.CUDA_ERROR_OUT_OF_MEMORY()) {
                return 0;
            }
            check(result, "cuMemAlloc");
            return address.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    void free(long address) {
        makeCurrent();
        check(CudaHeader.cuMemFree_v2(address), "cuMemFree");
    }

    /** Copies native memory of the host to the device. */
    public void upload(MemorySegment from, long to) {
        ops.upload(from, to);
    }

    /** Copies from the device to native memory of the host, once all earlier work is done. */
    public void download(long from, MemorySegment to) {
        ops.download(from, to);
    }

    /** Zeroes memory that no op uses yet. */
    public void clear(long address, long bytes) {
        loads.fill(address, (byte) 0, bytes);
        loads.synchronize();
    }

    /** Waits for all ops; errors of kernels show here. */
    public void synchronize() {
        ops.synchronize();
    }

    /**
     * Records the launches of this thread instead of making them; other threads' copies wait.
     *
     * @throws CudaException if something cannot be recorded; nothing has run then
     */
    public CudaGraph capture(Runnable launches) {
        return ops.capture(launches);
    }

    /** Gives streams and context back. */
    @Override
    public void close() {
        makeCurrent();
        ops.close();
        loads.close();
        check(
                CudaHeader.cuDevicePrimaryCtxRelease_v2(device.ordinal()),
                "cuDevicePrimaryCtxRelease");
        arena.close();
    }
}
