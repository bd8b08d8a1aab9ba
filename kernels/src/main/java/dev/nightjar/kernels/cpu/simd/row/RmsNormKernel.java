package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * RMS normalization of rows, optionally after adding a residual to the input in the same pass, or
 * of each head of a row in place.
 */
public final class RmsNormKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;
    private final float[][] scratch;

    private Matrix x;
    private Matrix residual;
    private Matrix out;
    private float[] xData;
    private float[] residualData;
    private float[] outData;
    private float[] weight;
    private float eps;
    private int numHeads;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public RmsNormKernel(WorkerPool pool) {
        this.pool = pool;
        scratch = new float[pool.threads()][RowSums.SCRATCH];
    }

    /** {@code residual} null: x stays as it is. */
    public void run(
            Matrix newX,
            Matrix newResidual,
            float[] newWeight,
            float newEps,
            int newT,
            Matrix newOut) {
        numHeads = 1;
        start(newX, newResidual, newWeight, newEps, newT, newOut);
    }

    /** Each head of x on its own; the weight is that of one head or of the whole row. */
    public void runHeads(Matrix newX, int newNumHeads, float[] newWeight, float newEps, int newT) {
        numHeads = newNumHeads;
        start(newX, null, newWeight, newEps, newT, newX);
    }

    private void start(
            Matrix newX,
            Matrix newResidual,
            float[] newWeight,
            float newEps,
            int newT,
            Matrix newOut) {
        x = newX;
        residual = newResidual;
        out = newOut;
        weight = newWeight;
        eps = newEps;
        T = newT;
        xData = CpuMatrices.data(x, T);
        residualData = residual == null ? null : CpuMatrices.data(residual, T);
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int start = CpuMatrices.rowStart(x, t);
            if (residual != null) {
                AddKernel.addRow(
                        xData, start, residualData, CpuMatrices.rowStart(residual, t), x.cols());
            }
            row(start, CpuMatrices.rowStart(out, t), scratch[worker]);
        }
    }

    private void row(int start, int to, float[] scratch) {
        int count = x.cols() / numHeads;
        for (int head = 0; head < numHeads; head++) {
            int from = head * count;
            float mean = RowSums.sumOfSquares(xData, start + from, count, 0, scratch) / count;
            float factor = (float) (1 / Math.sqrt((double) mean + eps));
            int w = weight.length == count ? 0 : from;
            scaleRow(xData, start + from, factor, weight, w, outData, to + from, count);
        }
    }

    private static void scaleRow(
            float[] x,
            int start,
            float factor,
            float[] weight,
            int w,
            float[] out,
            int to,
            int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c)
                    .mul(factor)
                    .mul(FloatVector.fromArray(F, weight, w + c))
                    .intoArray(out, to + c);
        }
        for (int c = whole; c < cols; c++) {
            out[to + c] = x[start + c] * factor * weight[w + c];
        }
    }
}
