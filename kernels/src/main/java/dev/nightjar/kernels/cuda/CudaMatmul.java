package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;

/**
 * Products with weights in their block formats: in single precision where exact activations are
 * asked for, else on tensor cores, which round both factors to bf16. Either way a row's bits do not
 * depend on how many rows there are.
 */
final class CudaMatmul {

    private static final int THREADS = 128;
    private static final int ROWS_PER_BLOCK = 4;
    private static final int TOKENS_PER_BLOCK = 8;

    private final CudaDispatch dispatch;
    private final boolean isExact;
    private final CudaTensorMatmul tensor;

    CudaMatmul(CudaDispatch dispatch, ActivationPrecision activations) {
        this.dispatch = dispatch;
        isExact = activations == ActivationPrecision.EXACT;
        tensor = new CudaTensorMatmul(dispatch);
    }

    void run(Weight weight, Matrix x, int T, Matrix out) {
        CudaMatrix matrix = CudaArguments.matrix(weight, x.cols(), false);
        CpuMatrices.requireCols("out", out, matrix.rows());
        if (isExact) {
            matrix.parts().forEach(part -> exact(part, x, T, out));
        } else {
            tensor.run(matrix.parts(), x, T, out);
        }
    }

    private void exact(CudaMatrix.Part part, Matrix x, int T, Matrix out) {
        CudaLaunch launch =
                dispatch.of("matmul_" + part.format())
                        .wide(part.address())
                        .wide(part.rowBytes())
                        .number(part.rows())
                        .number(x.cols());
        CudaDispatch.add(launch, x, T)
                .number(T)
                .wide(CudaArguments.address(out, T) + (long) part.firstRow() * Float.BYTES)
                .wide(out.rowStride())
                .run(
                        Math.ceilDiv(part.rows(), ROWS_PER_BLOCK),
                        Math.ceilDiv(T, TOKENS_PER_BLOCK),
                        1,
                        THREADS,
                        0);
    }
}
