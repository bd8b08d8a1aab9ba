package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/** Means of the rows of each sequence, added in their order; a sequence per chunk. */
public final class MeanKernel implements PoolTask {

    private final WorkerPool pool;

    private Matrix x;
    private float[] xData;
    private int[] starts;
    private Matrix out;
    private float[] outData;

    /** Runs on this team of threads. */
    public MeanKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** From packed rows {@code x [T, C]} to the mean of each sequence. */
    public void run(Matrix newX, int[] newStarts, int numSequences, int T, Matrix newOut) {
        x = newX;
        xData = CpuMatrices.data(x, T);
        starts = newStarts;
        out = newOut;
        outData = CpuMatrices.data(out, numSequences);
        pool.run(this, numSequences);
    }

    @Override
    public void run(int worker, int s) {
        int to = CpuMatrices.rowStart(out, s);
        int end = to + x.cols();
        Arrays.fill(outData, to, end, 0f);
        for (int t = starts[s]; t < starts[s + 1]; t++) {
            AddKernel.addRow(outData, to, xData, CpuMatrices.rowStart(x, t), x.cols());
        }
        float count = Math.max(1, starts[s + 1] - starts[s]);
        for (int c = to; c < end; c++) {
            outData[c] /= count;
        }
    }
}
