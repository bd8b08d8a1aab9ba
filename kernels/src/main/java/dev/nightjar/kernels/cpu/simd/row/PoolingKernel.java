package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/**
 * One row from those of each sequence, taken in their order; a sequence per chunk. The loops over
 * columns are plain: compilers make vectors of them.
 */
public final class PoolingKernel implements PoolTask {

    private final WorkerPool pool;

    private RowPooling how;
    private Matrix x;
    private float[] xData;
    private int[] starts;
    private int[] skipped;
    private Matrix out;
    private float[] outData;

    /** Runs on this team of threads. */
    public PoolingKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** From packed rows {@code x [T, C]} to one row for each sequence. */
    public void run(
            RowPooling newHow,
            Matrix newX,
            int[] newStarts,
            int[] newSkipped,
            int numSequences,
            int T,
            Matrix newOut) {
        how = newHow;
        x = newX;
        xData = CpuMatrices.data(x, T);
        starts = newStarts;
        skipped = newSkipped;
        out = newOut;
        outData = CpuMatrices.data(out, numSequences);
        pool.run(this, numSequences);
    }

    @Override
    public void run(int worker, int s) {
        int end = starts[s + 1] - starts[s];
        int from = Math.min(end, skipped[s]);
        int to = CpuMatrices.rowStart(out, s);
        if (how == RowPooling.MAX && from < end) {
            max(starts[s] + from, starts[s] + end, to);
        } else {
            sum(starts[s], from, end, to);
        }
    }

    private void max(int first, int last, int to) {
        System.arraycopy(xData, CpuMatrices.rowStart(x, first), outData, to, x.cols());
        for (int t = first + 1; t < last; t++) {
            int row = CpuMatrices.rowStart(x, t);
            for (int c = 0; c < x.cols(); c++) {
                outData[to + c] = Math.max(outData[to + c], xData[row + c]);
            }
        }
    }

    private void sum(int start, int from, int end, int to) {
        Arrays.fill(outData, to, to + x.cols(), 0f);
        for (int t = from; t < end; t++) {
            int row = CpuMatrices.rowStart(x, start + t);
            float weight = how.weight(t);
            for (int c = 0; c < x.cols(); c++) {
                outData[to + c] += weight * xData[row + c];
            }
        }
        float divisor = (float) how.divisor(from, end);
        for (int c = to; c < to + x.cols(); c++) {
            outData[c] /= divisor;
        }
    }
}
