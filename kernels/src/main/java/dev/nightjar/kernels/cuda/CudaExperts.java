package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuMatrices;
import java.util.Optional;

/** A mixture of experts beside its products: the choice, biases, the sum. */
final class CudaExperts {

    private static final int THREADS = 256;

    private final CudaDispatch dispatch;

    CudaExperts(CudaDispatch dispatch) {
        this.dispatch = dispatch;
    }

    void route(
            Matrix logits,
            ExpertRouting routing,
            Optional<Weight> selectionBias,
            int T,
            IndexBuffer experts,
            Matrix weights) {
        int numExperts = routing.numExperts();
        CpuMatrices.requireCols("logits", logits, numExperts);
        CpuMatrices.requireCols("weights", weights, routing.numUsed());
        long bias =
                selectionBias.isEmpty() ? 0 : CudaArguments.vector(selectionBias.get(), numExperts);
        CudaIndexBuffer chosen = CudaArguments.index(experts);
        CudaArguments.requireCount(chosen, T * routing.numUsed());
        boolean isNormalized = routing.weights() == ExpertRouting.Weights.NORMALIZED;
        var launch =
                CudaDispatch.add(dispatch.of("route_experts"), logits, T)
                        .wide(bias)
                        .number(numExperts)
                        .number(routing.numUsed())
                        .number(routing.scoring().ordinal())
                        .number(isNormalized ? 1 : 0)
                        .real(routing.scale())
                        .number(routing.numGroups())
                        .number(routing.numGroupsUsed())
                        .wide(chosen.address());
        int shared = Double.BYTES * (2 * numExperts + routing.numGroups());
        CudaDispatch.add(launch, weights, T).run(T, 1, 1, CudaDispatch.LANES, shared);
        chosen.writtenByOp();
    }

    void addBias(Matrix x, CudaMatrix bias, IndexBuffer experts, int n) {
        CudaMatrix.Part part = bias.parts().getFirst();
        var launch =
                dispatch.of("add_row_" + part.format())
                        .wide(part.address())
                        .wide(part.rowBytes())
                        .number(part.rows())
                        .number(x.cols())
                        .wide(CudaArguments.index(experts).address());
        CudaDispatch.add(launch, x, n).run(n, 1, 1, THREADS, 0);
    }

    void combine(Matrix x, Matrix weights, int T, Matrix out) {
        int numUsed = weights.cols();
        var launch = CudaDispatch.add(dispatch.of("combine_experts"), x, T * numUsed);
        CudaDispatch.add(launch, weights, T).number(numUsed).number(x.cols());
        CudaDispatch.runElements(CudaDispatch.add(launch, out, T), T, x.cols());
    }
}
