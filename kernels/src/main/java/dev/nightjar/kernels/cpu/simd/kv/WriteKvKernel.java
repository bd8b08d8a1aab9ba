package dev.nightjar.kernels.cpu.simd.kv;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/** Writes keys and values of new tokens into the store; distinct slots, so rows are independent. */
public final class WriteKvKernel implements PoolTask {

    private final WorkerPool pool;

    private CpuKvStore store;
    private int layer;
    private Matrix k;
    private Matrix v;
    private float[] kData;
    private float[] vData;
    private int[] slots;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public WriteKvKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Writes {@code k [T, G * D]} and {@code v} to the slots of their tokens. */
    public void run(
            CpuKvStore newStore, int newLayer, Matrix newK, Matrix newV, int[] newSlots, int newT) {
        store = newStore;
        layer = newLayer;
        k = newK;
        v = newV;
        slots = newSlots;
        T = newT;
        kData = CpuMatrices.data(k, T);
        vData = CpuMatrices.data(v, T);
        for (int t = 0; t < T; t++) {
            store.commit(slots[t] / store.spec().blockSize());
        }
        rowsPerChunk = RowChunks.rows(k.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int kStart = CpuMatrices.rowStart(k, t);
            store.write(layer, slots[t], kData, kStart, vData, CpuMatrices.rowStart(v, t));
        }
    }
}
