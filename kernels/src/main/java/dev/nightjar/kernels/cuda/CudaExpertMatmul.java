package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;

/**
 * Products of a mixture of experts: in single precision and row by row where exact activations are
 * asked for, else on tensor cores, grouped by expert. Either way a row's bits depend neither on how
 * many rows there are nor on the experts that others go to.
 */
final class CudaExpertMatmul {

    private static final int THREADS = 128;
    private static final int ROWS_PER_BLOCK = 4;
    private static final int TENSOR_ROWS = 64;

    /** Fewer than the 65,535 blocks that a grid has in its second dimension. */
    private static final int MOST_BLOCKS = 32768;

    private final CudaDispatch dispatch;
    private final CudaGroups groups;
    private final boolean isExact;

    CudaExpertMatmul(CudaDispatch dispatch, ActivationPrecision activations) {
        this.dispatch = dispatch;
        groups = new CudaGroups(dispatch);
        isExact = activations == ActivationPrecision.EXACT;
    }

    void run(Weight weight, IndexBuffer experts, int fanOut, Matrix x, int n, Matrix out) {
        CudaMatrix matrix = CudaArguments.matrix(weight, x.cols(), true);
        CpuMatrices.requireCols("out", out, matrix.rows());
        int rowsBefore = CpuMatrices.rowsBefore(fanOut, n);
        long from = CudaArguments.address(x, rowsBefore);
        long to = CudaArguments.address(out, n);
        CudaIndexBuffer chosen = CudaArguments.index(experts);
        CudaArguments.requireCount(chosen, n);
        if (n == 0) {
            return;
        }
        if (isExact) {
            exact(matrix, chosen, fanOut, x, from, n, out, to);
        } else {
            grouped(matrix, groups.of(chosen, n, matrix.numExperts()), fanOut, x, from, out, to);
        }
    }

    private void exact(
            CudaMatrix matrix,
            CudaIndexBuffer chosen,
            int fanOut,
            Matrix x,
            long from,
            int n,
            Matrix out,
            long to) {
        int piece = Math.max(1, MOST_BLOCKS / fanOut) * fanOut;
        for (int first = 0; first < n; first += piece) {
            int count = Math.min(piece, n - first);
            for (CudaMatrix.Part part : matrix.parts()) {
                CudaLaunch launch =
                        launch("expert_matmul_", part, matrix)
                                .wide(chosen.address() + (long) first * Integer.BYTES)
                                .number(matrix.numExperts())
                                .number(fanOut)
                                .wide(CudaArguments.row(from, x, first / fanOut))
                                .wide(x.rowStride());
                addOut(launch, part, CudaArguments.row(to, out, first), out)
                        .run(Math.ceilDiv(part.rows(), ROWS_PER_BLOCK), count, 1, THREADS, 0);
            }
        }
    }

    private void grouped(
            CudaMatrix matrix,
            CudaGroups.Tiles tiles,
            int fanOut,
            Matrix x,
            long from,
            Matrix out,
            long to) {
        for (CudaMatrix.Part part : matrix.parts()) {
            CudaLaunch launch =
                    launch("matmul_grouped_" + tiles.tileRows() + "_", part, matrix)
                            .wide(tiles.tiles())
                            .wide(tiles.order())
                            .number(fanOut)
                            .wide(from)
                            .wide(x.rowStride());
            addOut(launch, part, to, out)
                    .run(tiles.count(), Math.ceilDiv(part.rows(), TENSOR_ROWS), 1, THREADS, 0);
        }
    }

    private CudaLaunch launch(String kernel, CudaMatrix.Part part, CudaMatrix matrix) {
        return dispatch.of(kernel + part.format())
                .wide(part.address())
                .wide(part.rowBytes())
                .number(part.rows())
                .number(matrix.cols());
    }

    private static CudaLaunch addOut(CudaLaunch launch, CudaMatrix.Part part, long to, Matrix out) {
        return launch.wide(to + (long) part.firstRow() * Float.BYTES).wide(out.rowStride());
    }
}
