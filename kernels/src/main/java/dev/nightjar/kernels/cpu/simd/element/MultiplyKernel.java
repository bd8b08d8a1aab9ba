package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x *= weight, one weight per column. */
public final class MultiplyKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;

    private Matrix x;
    private float[] data;
    private float[] weight;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public MultiplyKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Multiplies each row of {@code x [T, C]} by {@code weight [C]} in place. */
    public void run(Matrix newX, float[] newWeight, int newT) {
        x = newX;
        weight = newWeight;
        T = newT;
        data = CpuMatrices.data(x, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            multiplyRow(data, CpuMatrices.rowStart(x, t), weight, x.cols());
        }
    }

    private static void multiplyRow(float[] x, int start, float[] weight, int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c)
                    .mul(FloatVector.fromArray(F, weight, c))
                    .intoArray(x, start + c);
        }
        for (int c = whole; c < cols; c++) {
            x[start + c] *= weight[c];
        }
    }
}
