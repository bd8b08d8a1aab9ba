package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x *= factor. */
final class ScaleKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;

    private Matrix x;
    private float[] xData;
    private float factor;
    private int T;
    private int rowsPerChunk;

    ScaleKernel(WorkerPool pool) {
        this.pool = pool;
    }

    void run(Matrix newX, float newFactor, int newT) {
        x = newX;
        xData = CpuMatrices.data(x, newT);
        factor = newFactor;
        T = newT;
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            scaleRow(xData, CpuMatrices.rowStart(x, t), x.cols(), factor);
        }
    }

    private static void scaleRow(float[] x, int start, int cols, float factor) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c).mul(factor).intoArray(x, start + c);
        }
        for (int c = whole; c < cols; c++) {
            x[start + c] *= factor;
        }
    }
}
