package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.cuda.driver.DeviceMemory;

/** Memory of the device that one op needs for itself; it grows and is kept. */
final class DeviceScratch {

    private final DeviceMemory memory;
    private long address;
    private long capacity;

    DeviceScratch(DeviceMemory memory) {
        this.memory = memory;
    }

    /** At least so many bytes; what was there before is gone when it grows. */
    long reserve(long bytes) {
        if (bytes > capacity) {
            if (capacity > 0) {
                memory.free(address);
            }
            capacity = 0;
            address = memory.allocate(bytes, DeviceMemory.Purpose.SCRATCH);
            capacity = bytes;
        }
        return address;
    }
}
