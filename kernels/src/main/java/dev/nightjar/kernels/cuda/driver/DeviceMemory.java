package dev.nightjar.kernels.cuda.driver;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a backend has allocated on its device, by purpose; closing it frees the rest. Safe for
 * several threads, as models load beside others that run.
 */
public final class DeviceMemory implements AutoCloseable {

    /** What memory is for. */
    public enum Purpose {
        /** Weights in their block formats. */
        WEIGHTS,
        /** Activations and results. */
        ACTIVATIONS,
        /** Pools of keys and values. */
        CACHE,
        /** Indices, and what single ops need for themselves. */
        SCRATCH
    }

    private static final double GIB = 1L << 30;

    private final CudaContext context;
    private final Map<Long, Block> blocks = new LinkedHashMap<>();
    private final Map<Purpose, Long> used = new EnumMap<>(Purpose.class);

    private boolean isClosed;

    private record Block(long bytes, Purpose purpose) {}

    /** Memory of the context's device. */
    public DeviceMemory(CudaContext context) {
        this.context = context;
    }

    /**
     * Memory of undefined content.
     *
     * @throws IllegalStateException with what is used and what is free if there is too little
     */
    public synchronized long allocate(long bytes, Purpose purpose) {
        long address = context.tryAllocate(Math.max(1, bytes));
        if (address == 0) {
            throw new IllegalStateException(refusal(bytes, purpose));
        }
        blocks.put(address, new Block(bytes, purpose));
        used.merge(purpose, bytes, Long::sum);
        return address;
    }

    private String refusal(long bytes, Purpose purpose) {
        CudaContext.MemoryUse memory = context.memory();
        return "out of memory on %s: %s need %.3f GiB, %.3f of %.3f GiB are free; in use are %s; take a smaller model or quantization, or lower --max-context or --kv-memory"
                .formatted(
                        context.device().name(),
                        label(purpose),
                        bytes / GIB,
                        memory.free() / GIB,
                        memory.total() / GIB,
                        describe());
    }

    /** What is in use, by purpose. */
    public synchronized String describe() {
        return used.isEmpty()
                ? "nothing"
                : used.entrySet().stream()
                        .map(
                                entry ->
                                        "%.3f GiB of %s"
                                                .formatted(
                                                        entry.getValue() / GIB,
                                                        label(entry.getKey())))
                        .collect(Collectors.joining(", "));
    }

    private static String label(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Gives memory back that {@link #allocate} gave; none of its users may be running. What closing
     * has freed stays freed.
     */
    public synchronized void free(long address) {
        if (isClosed) {
            return;
        }
        Block block = blocks.remove(address);
        if (block == null) {
            throw new IllegalArgumentException(
                    "no memory was allocated at 0x%x".formatted(address));
        }
        used.merge(block.purpose, -block.bytes, Long::sum);
        context.synchronize();
        context.free(address);
    }

    /** Bytes in use for a purpose. */
    public synchronized long bytes(Purpose purpose) {
        return used.getOrDefault(purpose, 0L);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        context.synchronize();
        blocks.keySet().forEach(context::free);
        blocks.clear();
        used.clear();
    }
}
