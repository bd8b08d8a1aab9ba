package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** out [T, C]: row t = the sum of rows {@code [t * k, (t + 1) * k)} of x, weighted, in order. */
public final class CombineKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;

    private Matrix x;
    private Matrix weights;
    private Matrix out;
    private float[] in;
    private float[] w;
    private float[] outData;
    private int k;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public CombineKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** From {@code x [T * A, C]} and {@code weights [T, A]} to {@code out [T, C]}. */
    public void run(Matrix newX, Matrix newWeights, int newT, Matrix newOut) {
        x = newX;
        weights = newWeights;
        out = newOut;
        T = newT;
        k = weights.cols();
        in = CpuMatrices.data(x, T * k);
        w = CpuMatrices.data(weights, T);
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(k * x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            combine(
                    in,
                    CpuMatrices.rowStart(x, t * k),
                    x.rowStride(),
                    w,
                    CpuMatrices.rowStart(weights, t),
                    k,
                    outData,
                    CpuMatrices.rowStart(out, t),
                    out.cols());
        }
    }

    private static void combine(
            float[] x,
            int start,
            int stride,
            float[] w,
            int wStart,
            int k,
            float[] out,
            int to,
            int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 0; j < k; j++) {
                FloatVector row = FloatVector.fromArray(F, x, start + j * stride + c);
                sum = row.fma(FloatVector.broadcast(F, w[wStart + j]), sum);
            }
            sum.intoArray(out, to + c);
        }
        for (int c = whole; c < cols; c++) {
            float sum = 0;
            for (int j = 0; j < k; j++) {
                sum = Math.fma(x[start + j * stride + c], w[wStart + j], sum);
            }
            out[to + c] = sum;
        }
    }
}
