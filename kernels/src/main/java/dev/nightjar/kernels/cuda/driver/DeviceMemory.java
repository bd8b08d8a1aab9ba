package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.backend.DeviceMemoryException;
import dev.nightjar.kernels.backend.DeviceMemoryException.Component;
import dev.nightjar.kernels.backend.DeviceUse;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a backend has allocated on its device, by purpose; closing it frees the rest. Safe for
 * several threads, as models load beside others that run.
 */
public final class DeviceMemory implements AutoCloseable {

    /** What memory is for. */
    public enum Purpose {
        /** Weights in their block formats. */
        WEIGHTS(Component.WEIGHTS),
        /** Activations and results. */
        ACTIVATIONS(Component.WORKSPACE),
        /** Pools of keys and values. */
        CACHE(Component.CACHE),
        /** Indices, and what single ops need for themselves; graphs may point to it. */
        SCRATCH(Component.WORKSPACE),
        /** What sampling needs for itself. */
        SAMPLING(Component.WORKSPACE);

        private final Component component;

        Purpose(Component component) {
            this.component = component;
        }
    }

    private final CudaContext context;
    private final Map<Long, Block> blocks = new LinkedHashMap<>();
    private final Map<Purpose, Long> used = new EnumMap<>(Purpose.class);

    private boolean isClosed;
    private long numMoved;

    private record Block(long bytes, Purpose purpose) {}

    /** Memory of the context's device. */
    public DeviceMemory(CudaContext context) {
        this.context = context;
    }

    /**
     * Memory of undefined content.
     *
     * @throws DeviceMemoryException with what is used and what is free if there is too little
     */
    public synchronized long allocate(long bytes, Purpose purpose) {
        long address = context.tryAllocate(Math.max(1, bytes));
        if (address == 0) {
            throw new DeviceMemoryException(context.device().id(), purpose.component, bytes, use());
        }
        blocks.put(address, new Block(bytes, purpose));
        used.merge(purpose, bytes, Long::sum);
        return address;
    }

    /** What is in use, and what the device has left. */
    public synchronized DeviceUse use() {
        CudaContext.MemoryUse memory = context.memory();
        return new DeviceUse(
                bytes(Purpose.WEIGHTS),
                bytes(Purpose.CACHE),
                bytes(Purpose.ACTIVATIONS) + bytes(Purpose.SCRATCH) + bytes(Purpose.SAMPLING),
                memory.free(),
                memory.total());
    }

    /**
     * Gives memory back that {@link #allocate} gave; none of its users may be running. What closing
     * has freed stays freed.
     */
    public synchronized void free(long address) {
        if (isClosed) {
            return;
        }
        Block block = blocks.get(address);
        if (block == null) {
            throw new IllegalArgumentException(
                    "no memory was allocated at 0x%x".formatted(address));
        }
        context.synchronize();
        blocks.remove(address);
        used.merge(block.purpose, -block.bytes, Long::sum);
        numMoved += block.purpose == Purpose.SCRATCH ? 1 : 0;
        context.free(address);
    }

    /** How often scratch was given back: graphs that were recorded before may point there. */
    public synchronized long numMoved() {
        return numMoved;
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
