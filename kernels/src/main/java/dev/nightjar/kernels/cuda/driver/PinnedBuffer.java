package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory of the host that stays in its place, so that the device copies from it and to it by itself
 * while the host goes on. It knows when its last copy is over. For one thread at a time.
 */
public final class PinnedBuffer implements AutoCloseable {

    private static final int FOR_THIS_CONTEXT = 0;
    private static final int WITHOUT_BLOCKING = 0;

    private final CudaContext context;
    private final CudaStream stream;
    private final MemorySegment memory;
    private final MemorySegment event;
    private boolean isUnderWay;
    private boolean isClosed;

    /**
     * Takes memory of the host.
     *
     * @throws CudaException if the system does not give so much that cannot be moved
     */
    public PinnedBuffer(CudaContext context, long bytes) {
        this(context, context.ops(), bytes);
    }

    /** Copies in another stream than that of the ops. */
    PinnedBuffer(CudaContext context, CudaStream stream, long bytes) {
        this.context = context;
        this.stream = stream;
        context.makeCurrent();
        try (Arena local = Arena.ofConfined()) {
            MemorySegment result = local.allocate(ValueLayout.ADDRESS);
            context.check(
                    CudaHeader.cuMemHostAlloc(result, Math.max(1, bytes), FOR_THIS_CONTEXT),
                    "cuMemHostAlloc of %d bytes".formatted(bytes));
            memory = result.get(ValueLayout.ADDRESS, 0).reinterpret(bytes);
            context.check(CudaHeader.cuEventCreate(result, WITHOUT_BLOCKING), "cuEventCreate");
            event = result.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** How much it holds. */
    public long bytes() {
        return memory.byteSize();
    }

    /** The memory to write to, once the device has read what was sent from it last. */
    public MemorySegment free() {
        if (isUnderWay) {
            context.makeCurrent();
            context.check(CudaHeader.cuEventSynchronize(event), "cuEventSynchronize");
            isUnderWay = false;
        }
        return memory;
    }

    /**
     * Sends the first bytes to the device; returns before they have arrived.
     *
     * @throws IllegalStateException while this thread records a graph, which would send what the
     *     memory holds later
     */
    public void send(long bytes, long to) {
        if (stream.isCapturing()) {
            throw new IllegalStateException(
                    "a copy from the host is no part of a graph; send it before what is recorded");
        }
        if (bytes > 0) {
            stream.upload(memory.asSlice(0, bytes), to);
            stream.record(event);
            isUnderWay = true;
        }
    }

    /** The first bytes, copied from the device once all earlier work is done. */
    public MemorySegment receive(long from, long bytes) {
        MemorySegment target = memory.asSlice(0, bytes);
        stream.download(from, target);
        isUnderWay = false;
        return target;
    }

    /** Waits for the last copy and gives the memory back. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            free();
            context.makeCurrent();
            context.check(CudaHeader.cuEventDestroy_v2(event), "cuEventDestroy");
            context.check(CudaHeader.cuMemFreeHost(memory), "cuMemFreeHost");
        }
    }
}
