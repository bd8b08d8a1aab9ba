package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * RMS normalization, optionally after adding a residual to the input in the same pass. Four
 * accumulators per row, reduced in fixed order.
 */
final class RmsNormKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int ACCUMULATORS = 4;

    private final WorkerPool pool;
    private final float[][] lanes;

    private Matrix x;
    private Matrix residual;
    private Matrix out;
    private float[] xData;
    private float[] residualData;
    private float[] outData;
    private float[] weight;
    private float eps;
    private int T;
    private int rowsPerChunk;

    RmsNormKernel(WorkerPool pool) {
        this.pool = pool;
        lanes = new float[pool.threads()][ACCUMULATORS * F.length() + ACCUMULATORS];
    }

    /** {@code residual} null: x stays as it is. */
    void run(
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
        int cols = x.cols();
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int start = CpuMatrices.rowStart(x, t);
            if (residual != null) {
                AddKernel.addRow(
                        xData, start, residualData, CpuMatrices.rowStart(residual, t), cols);
            }
            float mean = sumOfSquares(xData, start, cols, lanes[worker]) / cols;
            float factor = (float) (1 / Math.sqrt((double) mean + eps));
            int to = CpuMatrices.rowStart(out, t);
            scaleRow(xData, start, factor, weight, outData, to, cols);
        }
    }

    private static float sumOfSquares(float[] x, int start, int cols, float[] lanes) {
        int length = F.length();
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        int c = 0;
        for (; c <= cols - 4 * length; c += 4 * length) {
            FloatVector v0 = FloatVector.fromArray(F, x, start + c);
            FloatVector v1 = FloatVector.fromArray(F, x, start + c + length);
            FloatVector v2 = FloatVector.fromArray(F, x, start + c + 2 * length);
            FloatVector v3 = FloatVector.fromArray(F, x, start + c + 3 * length);
            a0 = v0.fma(v0, a0);
            a1 = v1.fma(v1, a1);
            a2 = v2.fma(v2, a2);
            a3 = v3.fma(v3, a3);
        }
        a0.intoArray(lanes, 0);
        a1.intoArray(lanes, length);
        a2.intoArray(lanes, 2 * length);
        a3.intoArray(lanes, 3 * length);
        int sums = ACCUMULATORS * length;
        LaneSums.reduce(lanes, ACCUMULATORS, lanes, sums);
        float sum = (lanes[sums] + lanes[sums + 1]) + (lanes[sums + 2] + lanes[sums + 3]);
        for (; c < cols; c++) {
            sum = Math.fma(x[start + c], x[start + c], sum);
        }
        return sum;
    }

    private static void scaleRow(
            float[] x, int start, float factor, float[] weight, float[] out, int to, int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c)
                    .mul(factor)
                    .mul(FloatVector.fromArray(F, weight, c))
                    .intoArray(out, to + c);
        }
        for (int c = whole; c < cols; c++) {
            out[to + c] = x[start + c] * factor * weight[c];
        }
    }
}
