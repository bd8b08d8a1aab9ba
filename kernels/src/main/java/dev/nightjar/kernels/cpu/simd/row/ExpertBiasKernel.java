package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoder;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoders;
import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/** Row i += the row of a table that belongs to its expert. */
public final class ExpertBiasKernel implements PoolTask {

    private final WorkerPool pool;

    /** A dequantized row per worker. */
    private final float[][] biases;

    private Matrix x;
    private float[] data;
    private MatrixWeight.Part part;
    private RowDecoder decoder;
    private int[] experts;
    private int n;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public ExpertBiasKernel(WorkerPool pool) {
        this.pool = pool;
        biases = new float[pool.threads()][0];
    }

    /** Adds to each row of {@code x [N, C]} its expert's row of the table. */
    public void run(Matrix newX, MatrixWeight table, int[] newExperts, int newN) {
        x = newX;
        part = table.parts().getFirst();
        decoder = RowDecoders.of(part.tensor().dtype());
        experts = newExperts;
        n = newN;
        data = CpuMatrices.data(x, n);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(n, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int cols = x.cols();
        if (biases[worker].length < cols) {
            biases[worker] = new float[cols];
        }
        float[] bias = biases[worker];
        int end = Math.min(n, (chunk + 1) * rowsPerChunk);
        for (int i = chunk * rowsPerChunk; i < end; i++) {
            long expert = CpuMatrices.requireIndex("expert", experts[i], part.rows());
            long offset = expert * part.tensor().rowBytes();
            decoder.decode(part.tensor().data(), offset, bias, 0, cols);
            AddKernel.addRow(data, CpuMatrices.rowStart(x, i), bias, 0, cols);
        }
    }
}
