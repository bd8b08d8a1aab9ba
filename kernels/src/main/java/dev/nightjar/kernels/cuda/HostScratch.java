package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.PinnedBuffer;

/** Pinned memory of the host that one op copies through; it grows and is kept. */
final class HostScratch implements AutoCloseable {

    private final CudaContext context;
    private PinnedBuffer buffer;

    /** Takes no memory before it is needed. */
    HostScratch(CudaContext context) {
        this.context = context;
    }

    /** At least so many bytes; what was there before is gone when it grows. */
    PinnedBuffer reserve(long bytes) {
        if (buffer == null || buffer.bytes() < bytes) {
            close();
            buffer = new PinnedBuffer(context, Math.max(1, Long.highestOneBit(bytes)) * 2);
        }
        return buffer;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }
}
