package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.cuda.driver.DeviceMemory;

/** Memory of the device that one op needs for itself; it grows and is kept. */
final class DeviceScratch {

    /** Below, it grows by doubling: each time it moves, graphs that point to it are dropped. */
    private static final long DOUBLED_BYTES = 64 << 20;

    private final DeviceMemory memory;
    private final DeviceMemory.Purpose purpose;
    private long address;
    private long capacity;

    DeviceScratch(DeviceMemory memory) {
        this(memory, DeviceMemory.Purpose.SCRATCH);
    }

    DeviceScratch(DeviceMemory memory, DeviceMemory.Purpose purpose) {
        this.memory = memory;
        this.purpose = purpose;
    }

    /** At least so many bytes; what was there before is gone when it grows. */
    long reserve(long bytes) {
        if (bytes > capacity) {
            if (capacity > 0) {
                memory.free(address);
            }
            capacity = 0;
            long larger = Math.min(DOUBLED_BYTES, 2 * Long.highestOneBit(bytes));
            long reserved = Math.max(bytes, larger);
            address = memory.allocate(reserved, purpose);
            capacity = reserved;
        }
        return address;
    }
}
