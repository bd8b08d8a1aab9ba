package dev.nightjar.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Memory in pages of 2 MiB where the system has them: weights and keys are streamed through once
 * per step, and with pages of 4 KiB the processor looks up addresses and restarts its prefetching
 * so often that a stream is up to half as fast. Where large pages cannot be asked for, memory is
 * plain.
 */
public final class LargePages {

    /** Bytes of a large page. */
    public static final long PAGE_BYTES = 2 << 20;

    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int ADVISE_HUGE = 14;
    private static final Optional<LargePages> LINUX = find();

    private final MethodHandle map;
    private final MethodHandle unmap;
    private final MethodHandle advise;

    private LargePages(Linker linker, SymbolLookup symbols) {
        map =
                linker.downcallHandle(
                        symbols.findOrThrow("mmap"),
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG));
        unmap =
                linker.downcallHandle(
                        symbols.findOrThrow("munmap"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        advise =
                linker.downcallHandle(
                        symbols.findOrThrow("madvise"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT));
    }

    private static Optional<LargePages> find() {
        boolean linux = System.getProperty("os.name").equals("Linux");
        if (!linux || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        try {
            Linker linker = Linker.nativeLinker();
            return Optional.of(new LargePages(linker, linker.defaultLookup()));
        } catch (RuntimeException e) {
            return Optional.empty(); // native access is denied, or the C library lacks them
        }
    }

    /**
     * Zeros, aligned to a large page, which occupy memory once they are touched.
     *
     * @param arena frees the memory
     * @throws OutOfMemoryError if the system has no addresses left
     */
    public static MemorySegment allocate(Arena arena, long bytes) {
        return LINUX.isPresent()
                ? LINUX.get().mapped(arena, bytes)
                : arena.allocate(bytes, Math.min(PAGE_BYTES, 64));
    }

    private MemorySegment mapped(Arena arena, long bytes) {
        long length = Math.addExact(bytes, PAGE_BYTES);
        MemorySegment whole =
                call(map, MemorySegment.NULL, length, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
        if (whole.address() == -1) {
            throw new OutOfMemoryError(
                    "the system refused %,d bytes of memory; free some, or use a smaller model"
                            .formatted(length));
        }
        long start = Math.ceilDiv(whole.address(), PAGE_BYTES) * PAGE_BYTES;
        MemorySegment mapping = whole.reinterpret(length, arena, this::free);
        MemorySegment aligned = mapping.asSlice(start - whole.address(), bytes);
        advise(aligned);
        return aligned;
    }

    /** A system without large pages refuses the advice, which then changes nothing. */
    private void advise(MemorySegment segment) {
        try {
            int ignored = (int) advise.invokeExact(segment, segment.byteSize(), ADVISE_HUGE);
        } catch (Throwable thrown) {
            throw new IllegalStateException("madvise failed", thrown);
        }
    }

    private void free(MemorySegment segment) {
        try {
            int ignored = (int) unmap.invokeExact(segment, segment.byteSize());
        } catch (Throwable thrown) {
            throw new IllegalStateException("munmap failed", thrown);
        }
    }

    private static MemorySegment call(
            MethodHandle map,
            MemorySegment address,
            long length,
            int protection,
            int flags,
            int file,
            long offset) {
        try {
            return (MemorySegment)
                    map.invokeExact(address, length, protection, flags, file, offset);
        } catch (Throwable thrown) {
            throw new IllegalStateException("mmap failed", thrown);
        }
    }
}
