package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.lang.foreign.MemorySegment;

/**
 * Launches that were recorded with their arguments and are repeated by one call. What they point to
 * must be there as long as the graph is.
 */
public final class CudaGraph implements AutoCloseable {

    private final CudaContext context;
    private final MemorySegment executable;

    CudaGraph(CudaContext context, MemorySegment executable) {
        this.context = context;
        this.executable = executable;
    }

    /** Makes all launches in the stream of the ops; returns before they have run. */
    public void launch() {
        context.makeCurrent();
        context.check(CudaHeader.cuGraphLaunch(executable, context.stream()), "cuGraphLaunch");
    }

    /** Waits for what runs and gives the graph back. */
    @Override
    public void close() {
        context.synchronize();
        context.check(CudaHeader.cuGraphExecDestroy(executable), "cuGraphExecDestroy");
    }
}
