package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoder;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoders;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/** Looks up and dequantizes rows of a table. */
public final class EmbedKernel implements PoolTask {

    private final WorkerPool pool;

    private MatrixWeight.Part part;
    private RowDecoder decoder;
    private int[] ids;
    private Matrix out;
    private float[] outData;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public EmbedKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Gathers the rows of a table that {@code ids [T]} name to {@code out [T, C]}. */
    public void run(MatrixWeight table, int[] newIds, int newT, Matrix newOut) {
        part = table.parts().getFirst();
        decoder = RowDecoders.of(part.tensor().dtype());
        ids = newIds;
        out = newOut;
        T = newT;
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(out.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            long id = CpuMatrices.requireIndex("token id", ids[t], part.rows());
            int to = CpuMatrices.rowStart(out, t);
            long offset = id * part.tensor().rowBytes();
            decoder.decode(part.tensor().data(), offset, outData, to, out.cols());
        }
    }
}
