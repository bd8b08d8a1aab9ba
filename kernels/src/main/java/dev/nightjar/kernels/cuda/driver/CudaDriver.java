package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The calls of a loaded driver that concern all devices, with errors as exceptions. The bindings
 * hold one method handle per function, linked at its first call.
 */
public final class CudaDriver {

    private static final int NAME_BYTES = 256;

    /** Only {@link CudaLibrary} makes one, after it has loaded the library. */
    CudaDriver() {}

    /** What the driver supports at most: 13000 for CUDA 13.0. */
    int version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment version = arena.allocate(ValueLayout.JAVA_INT);
            check(CudaHeader.cuDriverGetVersion(version), "cuDriverGetVersion");
            return version.get(ValueLayout.JAVA_INT, 0);
        }
    }

    int numDevices() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            check(CudaHeader.cuDeviceGetCount(count), "cuDeviceGetCount");
            return count.get(ValueLayout.JAVA_INT, 0);
        }
    }

    CudaDevice device(int ordinal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
            check(CudaHeader.cuDeviceGet(handle, ordinal), "cuDeviceGet");
            int device = handle.get(ValueLayout.JAVA_INT, 0);
            MemorySegment name = arena.allocate(NAME_BYTES);
            check(CudaHeader.cuDeviceGetName(name, NAME_BYTES, device), "cuDeviceGetName");
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
            check(CudaHeader.cuDeviceTotalMem_v2(bytes, device), "cuDeviceTotalMem");
            return new CudaDevice(
                    ordinal,
                    name.getString(0),
                    attribute(
                            arena,
                            device,
                            CudaHeader.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR()),
                    attribute(
                            arena,
                            device,
                            CudaHeader.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR()),
                    attribute(arena, device, CudaHeader.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT()),
                    bytes.get(ValueLayout.JAVA_LONG, 0),
                    attribute(
                            arena,
                            device,
                            CudaHeader.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN()));
        }
    }

    private int attribute(Arena arena, int device, int attribute) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        check(CudaHeader.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
        return value.get(ValueLayout.JAVA_INT, 0);
    }

    /** Throws unless the call succeeded. */
    void check(int result, String call) {
        if (result != CudaHeader.CUDA_SUCCESS()) {
            throw new CudaException(result, "%s failed: %s".formatted(call, nameOf(result)));
        }
    }

    /** Name and description of an error. */
    String nameOf(int result) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
            if (CudaHeader.cuGetErrorName(result, text) != CudaHeader.CUDA_SUCCESS()) {
                return "error " + result;
            }
            String name = string(text);
            return CudaHeader.cuGetErrorString(result, text) == CudaHeader.CUDA_SUCCESS()
                    ? "%s (%d), %s".formatted(name, result, string(text))
                    : "%s (%d)".formatted(name, result);
        }
    }

    private static String string(MemorySegment pointer) {
        return pointer.get(ValueLayout.ADDRESS, 0).reinterpret(NAME_BYTES).getString(0);
    }
}
