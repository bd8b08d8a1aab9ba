package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;

/**
 * Attention over whole sequences: on tensor cores unless exact activations are asked for or heads
 * are too large; a model's heads and the option decide alone, so that a sequence's bits do not tell
 * what it was packed with.
 */
final class CudaSelfAttention {

    private final CudaDispatch dispatch;
    private final boolean isExact;

    CudaSelfAttention(CudaDispatch dispatch, ActivationPrecision activations) {
        this.dispatch = dispatch;
        isExact = activations == ActivationPrecision.EXACT;
    }

    void run(
            Matrix q,
            Matrix k,
            Matrix v,
            SelfAttentionSpec spec,
            IndexBuffer starts,
            int numSequences,
            int T,
            Matrix out) {
        CpuMatrices.requireCols("q", q, spec.cols());
        CpuMatrices.requireCols("k", k, spec.cols());
        CpuMatrices.requireCols("v", v, spec.cols());
        CpuMatrices.requireCols("out", out, spec.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        int dim = spec.headDim();
        AttentionTiles.requireValueDim(dim);
        boolean onTensorCores = !isExact && AttentionTiles.fit(dim, dim);
        CudaLaunch launch =
                dispatch.of(
                        onTensorCores
                                ? "self_attention_tensor_" + AttentionTiles.width(dim)
                                : "self_attention");
        CudaDispatch.add(launch, q, T);
        CudaDispatch.add(launch, k, T);
        CudaDispatch.add(launch, v, T)
                .wide(CudaArguments.index(starts).address())
                .number(numSequences)
                .number(dim)
                .real(spec.scale())
                .number(spec.window() < T ? spec.window() : 0);
        addBias(launch, spec);
        int blocks = onTensorCores ? AttentionTiles.blocks(T, 1, numSequences) : T;
        int shared =
                onTensorCores
                        ? AttentionTiles.bytes(dim, dim)
                        : AttentionTiles.exactBytes(dim, dim);
        CudaDispatch.add(launch, out, T)
                .run(blocks, spec.numHeads(), 1, AttentionTiles.THREADS, shared);
    }

    private static void addBias(CudaLaunch launch, SelfAttentionSpec spec) {
        if (spec.bias().isEmpty()) {
            launch.wide(0).wide(0).number(0);
            return;
        }
        RelativeBias bias = spec.bias().get();
        CudaDispatch.add(launch, bias.table(), spec.numHeads()).number(bias.reach());
    }
}
