/** Tensors, block formats and compute backends; the only module that touches the Vector API. */
module dev.nightjar.kernels {
    requires jdk.incubator.vector;

    exports dev.nightjar.kernels.tensor;
    exports dev.nightjar.kernels.quant;
    exports dev.nightjar.kernels.backend;
    exports dev.nightjar.kernels.tree;

    uses dev.nightjar.kernels.backend.BackendProvider;
    uses dev.nightjar.kernels.tree.TreeKernelProvider;

    provides dev.nightjar.kernels.backend.BackendProvider with
            dev.nightjar.kernels.cpu.scalar.ScalarProvider,
            dev.nightjar.kernels.cpu.simd.VectorProvider,
            dev.nightjar.kernels.cuda.CudaProvider;
    provides dev.nightjar.kernels.tree.TreeKernelProvider with
            dev.nightjar.kernels.cpu.simd.VectorTreeProvider;
}
