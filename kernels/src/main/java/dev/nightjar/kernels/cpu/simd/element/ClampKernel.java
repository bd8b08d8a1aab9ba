package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x = min(max(x, -limit), limit). */
public final class ClampKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;

    private Matrix x;
    private float[] data;
    private float limit;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public ClampKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Limits {@code x [T, C]} to {@code [-limit, limit]} in place. */
    public void run(Matrix newX, float newLimit, int newT) {
        x = newX;
        limit = newLimit;
        T = newT;
        data = CpuMatrices.data(x, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            clampRow(data, CpuMatrices.rowStart(x, t), x.cols(), limit);
        }
    }

    private static void clampRow(float[] x, int start, int cols, float limit) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c).max(-limit).min(limit).intoArray(x, start + c);
        }
        for (int c = whole; c < cols; c++) {
            x[start + c] = Math.clamp(x[start + c], -limit, limit);
        }
    }
}
