package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One device with one stream on which everything runs in call order. Threads may call it one at a
 * time; each call makes the context the calling thread's own, as weights are uploaded by other
 * threads than those that launch kernels.
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
    private final MemorySegment stream;

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
        driver.check(
                CudaHeader.cuStreamCreate(result, CudaHeader.CU_STREAM_NON_BLOCKING()),
                "cuStreamCreate");
        stream = result.get(ValueLayout.ADDRESS, 0);
    }

    /** The device. */
    public CudaDevice device() {
        return device;
    }

    MemorySegment stream() {
        return stream;
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
        if (from.byteSize() > 0) {
            makeCurrent();
            check(
                    CudaHeader.cuMemcpyHtoDAsync_v2(to, from, from.byteSize(), stream),
                    "cuMemcpyHtoDAsync");
        }
    }

    /** Copies from the device to native memory of the host, once all earlier work is done. */
    public void download(long from, MemorySegment to) {
        if (to.byteSize() > 0) {
            makeCurrent();
            check(
                    CudaHeader.cuMemcpyDtoHAsync_v2(to, from, to.byteSize(), stream),
                    "cuMemcpyDtoHAsync");
        }
        synchronize();
    }

    /** Sets bytes of the device. */
    public void fill(long to, byte value, long bytes) {
        if (bytes > 0) {
            makeCurrent();
            check(CudaHeader.cuMemsetD8Async(to, value, bytes, stream), "cuMemsetD8Async");
        }
    }

    /** Waits for all work; errors of kernels show here. */
    public void synchronize() {
        makeCurrent();
        check(CudaHeader.cuStreamSynchronize(stream), "cuStreamSynchronize");
    }

    /** Gives stream and context back. */
    @Override
    public void close() {
        makeCurrent();
        check(CudaHeader.cuStreamDestroy_v2(stream), "cuStreamDestroy");
        check(
                CudaHeader.cuDevicePrimaryCtxRelease_v2(device.ordinal()),
                "cuDevicePrimaryCtxRelease");
        arena.close();
    }
}
