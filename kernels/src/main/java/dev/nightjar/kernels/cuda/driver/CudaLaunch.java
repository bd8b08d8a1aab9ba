package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The arguments of one launch after the other, in order of the kernel's parameters. The driver
 * copies them at the call, so one object serves all launches of a thread and nothing is allocated.
 */
public final class CudaLaunch implements AutoCloseable {

    private static final int MAX_PARAMETERS = 32;

    /** What every kernel may have; more must be asked for. */
    private static final int USUAL_SHARED_BYTES = 48 << 10;

    private static final long SLOT_BYTES = 8;

    private final CudaContext context;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment values = arena.allocate(MAX_PARAMETERS * SLOT_BYTES, SLOT_BYTES);
    private final MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, MAX_PARAMETERS);
    private CudaKernel kernel;
    private int count;

    /** Launches go to the context's stream. */
    public CudaLaunch(CudaContext context) {
        this.context = context;
        for (int i = 0; i < MAX_PARAMETERS; i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, values.asSlice(i * SLOT_BYTES));
        }
    }

    /** Begins with a kernel's arguments. */
    public CudaLaunch of(CudaKernel newKernel) {
        kernel = newKernel;
        count = 0;
        return this;
    }

    /** A pointer, or a {@code long long}. */
    public CudaLaunch wide(long value) {
        values.setAtIndex(ValueLayout.JAVA_LONG, count++, value);
        return this;
    }

    /** An {@code int}. */
    public CudaLaunch number(int value) {
        values.set(ValueLayout.JAVA_INT, SLOT_BYTES * count++, value);
        return this;
    }

    /** A {@code float}. */
    public CudaLaunch real(float value) {
        values.set(ValueLayout.JAVA_FLOAT, SLOT_BYTES * count++, value);
        return this;
    }

    /** Launches a grid of blocks of {@code threads} threads; returns before it has run. */
    public void run(int gridX, int gridY, int gridZ, int threads, int sharedBytes) {
        if (gridX == 0 || gridY == 0 || gridZ == 0) {
            return;
        }
        context.makeCurrent();
        if (sharedBytes > USUAL_SHARED_BYTES) {
            context.check(
                    CudaHeader.cuFuncSetAttribute(
                            kernel.function(),
                            CudaHeader.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES(),
                            sharedBytes),
                    "%d bytes of shared memory for %s".formatted(sharedBytes, kernel.name()));
        }
        int result =
                CudaHeader.cuLaunchKernel(
                        kernel.function(),
                        gridX,
                        gridY,
                        gridZ,
                        threads,
                        1,
                        1,
                        sharedBytes,
                        context.stream(),
                        pointers,
                        MemorySegment.NULL);
        if (result != CudaHeader.CUDA_SUCCESS()) {
            context.check(
                    result,
                    "launch of %s with grid (%d, %d, %d), %d threads, %d bytes"
                            .formatted(kernel.name(), gridX, gridY, gridZ, threads, sharedBytes));
        }
    }

    /** Frees the arguments. */
    @Override
    public void close() {
        arena.close();
    }
}
