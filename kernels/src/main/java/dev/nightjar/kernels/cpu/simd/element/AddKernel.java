package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x += y, where y is a matrix or one row for all (a bias). */
public final class AddKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;

    private Matrix x;
    private float[] xData;
    private float[] yData;
    private int yStart;
    private int yStride;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public AddKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Adds matrix y. */
    public void run(Matrix newX, Matrix y, int newT) {
        run(newX, CpuMatrices.data(y, newT), CpuMatrices.rowStart(y, 0), y.rowStride(), newT);
    }

    /** Adds the same row to all rows. */
    public void runBias(Matrix newX, float[] bias, int newT) {
        run(newX, bias, 0, 0, newT);
    }

    private void run(Matrix newX, float[] newY, int newYStart, int newYStride, int newT) {
        x = newX;
        xData = CpuMatrices.data(x, newT);
        yData = newY;
        yStart = newYStart;
        yStride = newYStride;
        T = newT;
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            addRow(xData, CpuMatrices.rowStart(x, t), yData, yStart + t * yStride, x.cols());
        }
    }

    /** x[start..] += y[yStart..], {@code cols} elements. */
    public static void addRow(float[] x, int start, float[] y, int yStart, int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c)
                    .add(FloatVector.fromArray(F, y, yStart + c))
                    .intoArray(x, start + c);
        }
        for (int c = whole; c < cols; c++) {
            x[start + c] += y[yStart + c];
        }
    }
}
