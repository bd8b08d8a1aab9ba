package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A queue of work of a device, done in call order. While a thread captures it, what others send
 * waits: it would become a part of the graph, and waiting for the stream would end the capture.
 */
final class CudaStream implements AutoCloseable {

    private static final long NO_FLAGS = 0;

    private final CudaContext context;
    private final MemorySegment handle;
    private final ReentrantReadWriteLock captures = new ReentrantReadWriteLock();

    /** The caller has made the context current. */
    CudaStream(CudaContext context) {
        this.context = context;
        try (Arena local = Arena.ofConfined()) {
            MemorySegment result = local.allocate(ValueLayout.ADDRESS);
            context.check(
                    CudaHeader.cuStreamCreate(result, CudaHeader.CU_STREAM_NON_BLOCKING()),
                    "cuStreamCreate");
            handle = result.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** For launches, which come from the thread that captures. */
    MemorySegment handle() {
        return handle;
    }

    void upload(MemorySegment from, long to) {
        if (from.byteSize() > 0) {
            submit(
                    () -> CudaHeader.cuMemcpyHtoDAsync_v2(to, from, from.byteSize(), handle),
                    "cuMemcpyHtoDAsync");
        }
    }

    /** Copies once all earlier work is done, and waits for that. */
    void download(long from, MemorySegment to) {
        if (to.byteSize() > 0) {
            submit(
                    () -> CudaHeader.cuMemcpyDtoHAsync_v2(to, from, to.byteSize(), handle),
                    "cuMemcpyDtoHAsync");
        }
        synchronize();
    }

    void fill(long to, byte value, long bytes) {
        if (bytes > 0) {
            submit(() -> CudaHeader.cuMemsetD8Async(to, value, bytes, handle), "cuMemsetD8Async");
        }
    }

    void record(MemorySegment event) {
        submit(() -> CudaHeader.cuEventRecord(event, handle), "cuEventRecord");
    }

    /** Whether what this thread sends is recorded. */
    boolean isCapturing() {
        return captures.isWriteLockedByCurrentThread();
    }

    void synchronize() {
        submit(() -> CudaHeader.cuStreamSynchronize(handle), "cuStreamSynchronize");
    }

    private void submit(Call call, String name) {
        Lock lock = captures.readLock();
        lock.lock();
        try {
            context.makeCurrent();
            context.check(call.make(), name);
        } finally {
            lock.unlock();
        }
    }

    private interface Call {
        int make();
    }

    /**
     * Records the launches of this thread instead of making them. An exception of theirs, or a call
     * that cannot be recorded, leaves nothing behind.
     */
    CudaGraph capture(Runnable launches) {
        Lock lock = captures.writeLock();
        lock.lock();
        try (Arena local = Arena.ofConfined()) {
            context.makeCurrent();
            MemorySegment result = local.allocate(ValueLayout.ADDRESS);
            MemorySegment graph = record(launches, result);
            try {
                context.check(
                        CudaHeader.cuGraphInstantiateWithFlags(result, graph, NO_FLAGS),
                        "cuGraphInstantiate");
            } finally {
                context.check(CudaHeader.cuGraphDestroy(graph), "cuGraphDestroy");
            }
            return new CudaGraph(context, result.get(ValueLayout.ADDRESS, 0));
        } finally {
            lock.unlock();
        }
    }

    private MemorySegment record(Runnable launches, MemorySegment result) {
        int mode = CudaHeader.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL();
        context.check(CudaHeader.cuStreamBeginCapture_v2(handle, mode), "cuStreamBeginCapture");
        try {
            launches.run();
        } catch (RuntimeException | Error failure) {
            discard(result);
            throw failure;
        }
        context.check(CudaHeader.cuStreamEndCapture(handle, result), "cuStreamEndCapture");
        return result.get(ValueLayout.ADDRESS, 0);
    }

    /** Ends a capture that failed; the driver may have given it up before. */
    private void discard(MemorySegment result) {
        boolean isWhole =
                CudaHeader.cuStreamEndCapture(handle, result) == CudaHeader.CUDA_SUCCESS();
        if (isWhole) {
            CudaHeader.cuGraphDestroy(result.get(ValueLayout.ADDRESS, 0));
        }
    }

    @Override
    public void close() {
        context.check(CudaHeader.cuStreamDestroy_v2(handle), "cuStreamDestroy");
    }
}
