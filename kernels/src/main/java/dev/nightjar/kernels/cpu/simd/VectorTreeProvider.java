package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.cpu.simd.tree.VectorTreeKernel;
import dev.nightjar.kernels.tree.TreeKernel;
import dev.nightjar.kernels.tree.TreeKernelProvider;
import java.util.Optional;

/** Offers the Vector API kernel for trees, where the backend of the same kind can run. */
public final class VectorTreeProvider implements TreeKernelProvider {

    /** For the service loader. */
    public VectorTreeProvider() {}

    @Override
    public Optional<String> refusal() {
        return new VectorProvider().refusal();
    }

    @Override
    public TreeKernel kernel() {
        return new VectorTreeKernel();
    }
}
