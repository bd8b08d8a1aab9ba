package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** Kernels that the driver has compiled for a device, by their names. */
public final class CudaModule implements AutoCloseable {

    private static final int LOG_BYTES = 8192;

    private final CudaContext context;
    private final MemorySegment module;
    private final Map<String, CudaKernel> kernels = new HashMap<>();

    /**
     * Compiles an image.
     *
     * @param image PTX, or what else the driver takes
     * @throws CudaException with the driver's log if it does not compile
     */
    public CudaModule(CudaContext context, byte[] image) {
        this.context = context;
        context.makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(image.length + 1L);
            MemorySegment.copy(image, 0, text, ValueLayout.JAVA_BYTE, 0, image.length);
            MemorySegment log = arena.allocate(LOG_BYTES);
            MemorySegment names =
                    arena.allocateFrom(
                            ValueLayout.JAVA_INT,
                            CudaHeader.CU_JIT_ERROR_LOG_BUFFER(),
                            CudaHeader.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES());
            MemorySegment values = arena.allocate(ValueLayout.ADDRESS, 2);
            values.setAtIndex(ValueLayout.ADDRESS, 0, log);
            values.setAtIndex(ValueLayout.ADDRESS, 1, MemorySegment.ofAddress(LOG_BYTES));
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            context.check(
                    CudaHeader.cuModuleLoadDataEx(result, text, 2, names, values),
                    "cuModuleLoadDataEx %s".formatted(log.getString(0)).trim());
            module = result.get(ValueLayout.ADDRESS, 0);
        }
    }

    /**
     * A kernel of this module.
     *
     * @throws CudaException if there is none of that name
     */
    public CudaKernel kernel(String name) {
        return kernels.computeIfAbsent(name, this::find);
    }

    /** Whether there is a kernel of that name: some are compiled for one capability alone. */
    public boolean has(String name) {
        context.makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            return CudaHeader.cuModuleGetFunction(result, module, arena.allocateFrom(name))
                    == CudaHeader.CUDA_SUCCESS();
        }
    }

    private CudaKernel find(String name) {
        context.makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            context.check(
                    CudaHeader.cuModuleGetFunction(result, module, arena.allocateFrom(name)),
                    "cuModuleGetFunction " + name);
            return new CudaKernel(name, result.get(ValueLayout.ADDRESS, 0));
        }
    }

    /** Unloads the kernels; none may run any more. */
    @Override
    public void close() {
        context.makeCurrent();
        context.check(CudaHeader.cuModuleUnload(module), "cuModuleUnload");
    }
}
