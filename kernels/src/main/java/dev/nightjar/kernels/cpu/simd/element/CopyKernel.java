package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/** Copies rows, all in order or chosen ones. */
public final class CopyKernel implements PoolTask {

    private final WorkerPool pool;

    private Matrix from;
    private Matrix to;
    private float[] in;
    private float[] out;
    private int[] rows;
    private int numRows;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public CopyKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** to [T, C] = from [T, C]. */
    public void run(Matrix newFrom, int newT, Matrix newTo) {
        run(newFrom, null, newT, newT, newTo);
    }

    /** to [n, C] = rows {@code newRows[0..n)} of from. */
    public void runChosen(Matrix newFrom, int[] newRows, int n, Matrix newTo) {
        run(newFrom, newRows, (int) newFrom.maxRows(), n, newTo);
    }

    private void run(Matrix newFrom, int[] newRows, int newNumRows, int newT, Matrix newTo) {
        from = newFrom;
        to = newTo;
        rows = newRows;
        numRows = newNumRows;
        T = newT;
        in = CpuMatrices.data(from, numRows);
        out = CpuMatrices.data(to, T);
        rowsPerChunk = RowChunks.rows(from.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int row = rows == null ? t : CpuMatrices.requireIndex("row", rows[t], numRows);
            int start = CpuMatrices.rowStart(from, row);
            System.arraycopy(in, start, out, CpuMatrices.rowStart(to, t), from.cols());
        }
    }
}
