package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.cpu.simd.vector.VectorTanh;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x = cap * tanh(x / cap). */
public final class SoftCapKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;
    private final float[][] tails;

    private Matrix x;
    private float[] data;
    private float cap;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public SoftCapKernel(WorkerPool pool) {
        this.pool = pool;
        tails = new float[pool.threads()][F.length()];
    }

    /** Bounds {@code x [T, C]} to {@code (-cap, cap)} in place. */
    public void run(Matrix newX, float newCap, int newT) {
        x = newX;
        cap = newCap;
        T = newT;
        data = CpuMatrices.data(x, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        int whole = F.loopBound(x.cols());
        int rest = x.cols() - whole;
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int start = CpuMatrices.rowStart(x, t);
            cap(data, start, whole, 1 / cap, cap);
            System.arraycopy(data, start + whole, tails[worker], 0, rest);
            cap(tails[worker], 0, F.length(), 1 / cap, cap);
            System.arraycopy(tails[worker], 0, data, start + whole, rest);
        }
    }

    /** x = tanh(x * factor) * cap on {@code count} elements, whole vectors. */
    public static void cap(float[] x, int start, int count, float factor, float cap) {
        for (int i = start; i < start + count; i += F.length()) {
            VectorTanh.tanh(FloatVector.fromArray(F, x, i).mul(factor)).mul(cap).intoArray(x, i);
        }
    }
}
