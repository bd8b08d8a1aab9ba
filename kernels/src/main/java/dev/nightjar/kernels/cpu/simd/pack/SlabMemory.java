package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.cpu.LargePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory for the weights of a model, in regions of large pages that several small weights share.
 * Closing it frees all regions.
 */
public final class SlabMemory implements AutoCloseable {

    /** Sixteen large pages: what is left over at the end is small beside any model. */
    private static final long REGION_BYTES = 16 * LargePages.PAGE_BYTES;

    private static final long CACHE_LINE = 64;

    private final Arena arena = Arena.ofShared();
    private MemorySegment region = MemorySegment.NULL;
    private long used;

    /** Zeros that begin with a cache line. */
    synchronized MemorySegment allocate(long bytes) {
        if (bytes > REGION_BYTES / 4) {
            return LargePages.allocate(arena, bytes);
        }
        long start = Math.ceilDiv(used, CACHE_LINE) * CACHE_LINE;
        if (start + bytes > region.byteSize()) {
            region = LargePages.allocate(arena, REGION_BYTES);
            start = 0;
        }
        used = start + bytes;
        return region.asSlice(start, bytes);
    }

    /** Frees everything; the second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
