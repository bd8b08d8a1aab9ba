package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import dev.nightjar.kernels.cuda.driver.CudaModule;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import java.util.ArrayList;
import java.util.List;

/** Launches by a kernel's name in the shapes that many ops share. For one thread at a time. */
final class CudaDispatch implements AutoCloseable {

    static final int LANES = 32;
    private static final int THREADS = 256;
    private static final int WIDE = 4;

    private final CudaContext context;
    private final CudaModule module;
    private final DeviceMemory memory;
    private final CudaLaunch launch;
    private final List<HostScratch> onHost = new ArrayList<>();

    CudaDispatch(CudaContext context, CudaModule module, DeviceMemory memory) {
        this.context = context;
        this.module = module;
        this.memory = memory;
        launch = new CudaLaunch(context);
    }

    CudaContext context() {
        return context;
    }

    DeviceMemory memory() {
        return memory;
    }

    /** Memory of the host for one op, given back when this closes. */
    HostScratch hostScratch() {
        HostScratch scratch = new HostScratch(context);
        onHost.add(scratch);
        return scratch;
    }

    /** Begins a launch. */
    CudaLaunch of(String kernel) {
        return launch.of(module.kernel(kernel));
    }

    /** Whether the device's image has a kernel. */
    boolean has(String kernel) {
        return module.has(kernel);
    }

    /** Adds a matrix: address and stride. */
    static CudaLaunch add(CudaLaunch launch, Matrix matrix, int numRows) {
        return launch.wide(CudaArguments.address(matrix, numRows)).wide(matrix.rowStride());
    }

    /** A thread per element of {@code [rows, cols]}. */
    static void runElements(CudaLaunch launch, int rows, int cols) {
        launch.run(rows, Math.ceilDiv(cols, THREADS), 1, THREADS, 0);
    }

    /** A thread per four elements of a row of {@code [rows, cols]}, see native/cuda/wide.cuh. */
    static void runWide(CudaLaunch launch, int rows, int cols) {
        int threads = wideThreads(cols);
        launch.run(rows, Math.ceilDiv(cols, WIDE * threads), 1, threads, 0);
    }

    /**
     * A block per row, with threads of four columns; how many there are follows from the columns
     * alone, so that a row's sums do not change.
     */
    static void runRows(CudaLaunch launch, int rows, int cols) {
        launch.run(rows, 1, 1, wideThreads(cols), 0);
    }

    private static int wideThreads(int cols) {
        return Math.min(THREADS, Math.ceilDiv(Math.ceilDiv(cols, WIDE), LANES) * LANES);
    }

    @Override
    public void close() {
        onHost.forEach(HostScratch::close);
        launch.close();
    }
}
