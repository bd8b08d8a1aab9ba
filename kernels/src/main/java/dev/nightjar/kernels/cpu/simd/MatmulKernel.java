package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.MatrixWeight;

/**
 * out [T, rows] = x [T, cols] · weightᵀ. Threads take chunks of weight rows, so weights are read
 * once per call whatever T is; {@link MatmulWorker} computes them.
 */
final class MatmulKernel implements PoolTask {

    private final WorkerPool pool;
    private final MatmulWorker[] workers;
    private final MatmulRows rows = new MatmulRows();

    private MatrixWeight weight;
    private int T;
    private int chunkRows;

    MatmulKernel(WorkerPool pool) {
        this.pool = pool;
        workers = workers(pool.threads());
    }

    static MatmulWorker[] workers(int threads) {
        MatmulWorker[] workers = new MatmulWorker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new MatmulWorker();
        }
        return workers;
    }

    void run(MatrixWeight newWeight, Matrix x, int newT, Matrix out) {
        weight = newWeight;
        T = newT;
        rows.reset(x, T, out, T);
        for (int t = 0; t < T; t++) {
            rows.set(t, CpuMatrices.rowStart(x, t), CpuMatrices.rowStart(out, t));
        }
        chunkRows = chunkRows(weight.rows(), pool.threads());
        if (T > 0) {
            pool.run(this, MatmulWorker.numChunks(weight, chunkRows));
        }
    }

    /** Some eight chunks per thread, so that a thread that is held up delays the end little. */
    static int chunkRows(long rows, int threads) {
        int tile = MatmulWorker.TILE;
        long share = rows / (8L * threads);
        return Math.clamp(share / tile * tile, tile, MatmulWorker.MAX_CHUNK_ROWS);
    }

    @Override
    public void run(int worker, int chunk) {
        workers[worker].run(weight, chunkRows, chunk, rows, 0, T);
    }
}
