package dev.nightjar.kernels.cuda.driver;

import java.lang.foreign.MemorySegment;

/**
 * Copies between the device and any memory of the host through pinned chunks. Uploads take turns
 * between two of them: one is filled while the other is under way. Safe for several threads, as
 * models load beside others that run; what loads, other uploads and downloads do not wait for each
 * other.
 */
public final class Staging implements AutoCloseable {

    /** Enough for a bus to be busy, and little to keep pinned. */
    static final long CHUNK_BYTES = 8 << 20;

    private final CudaStream loading;
    private final Direction loads;
    private final Direction uploads;
    private final Direction downloads;

    /** Takes no memory before the first copy. */
    public Staging(CudaContext context) {
        loading = context.loads();
        loads = new Direction(context, loading, 2);
        uploads = new Direction(context, context.ops(), 2);
        downloads = new Direction(context, context.ops(), 1);
    }

    /** Copies to memory that no op uses yet, beside what runs; it has arrived when this returns. */
    public void load(MemorySegment from, long to) {
        upload(loads, from, to);
        loading.synchronize();
    }

    /**
     * Copies behind the ops before and before those behind; the source may change when this
     * returns, if before it has arrived.
     */
    public void upload(MemorySegment from, long to) {
        upload(uploads, from, to);
    }

    private static void upload(Direction chunks, MemorySegment from, long to) {
        for (long at = 0; at < from.byteSize(); at += CHUNK_BYTES) {
            long bytes = Math.min(CHUNK_BYTES, from.byteSize() - at);
            synchronized (chunks) {
                PinnedBuffer chunk = chunks.next(bytes);
                MemorySegment.copy(from, at, chunk.free(), 0, bytes);
                chunk.send(bytes, to + at);
            }
        }
    }

    /** Copies from the device, once all earlier work is done. */
    public void download(long from, MemorySegment to) {
        for (long at = 0; at < to.byteSize(); at += CHUNK_BYTES) {
            long bytes = Math.min(CHUNK_BYTES, to.byteSize() - at);
            synchronized (downloads) {
                MemorySegment chunk = downloads.next(bytes).receive(from + at, bytes);
                MemorySegment.copy(chunk, 0, to, at, bytes);
            }
        }
    }

    /** Waits for what is under way and gives the chunks back. */
    @Override
    public void close() {
        loads.close();
        uploads.close();
        downloads.close();
    }

    /** Chunks that take turns, each as large as what it once held. */
    private static final class Direction {

        private final CudaContext context;
        private final CudaStream stream;
        private final PinnedBuffer[] chunks;
        private int next;

        Direction(CudaContext context, CudaStream stream, int count) {
            this.context = context;
            this.stream = stream;
            chunks = new PinnedBuffer[count];
        }

        PinnedBuffer next(long bytes) {
            int i = next;
            next = (next + 1) % chunks.length;
            if (chunks[i] == null || chunks[i].bytes() < bytes) {
                long larger = Math.min(CHUNK_BYTES, Long.highestOneBit(bytes) * 2);
                if (chunks[i] != null) {
                    chunks[i].close();
                    chunks[i] = null;
                }
                chunks[i] = new PinnedBuffer(context, stream, larger);
            }
            return chunks[i];
        }

        synchronized void close() {
            for (PinnedBuffer chunk : chunks) {
                if (chunk != null) {
                    chunk.close();
                }
            }
        }
    }
}
