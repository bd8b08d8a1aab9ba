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
 * Layer normalization of rows, or of each head of a row in place. The variance is summed around the
 * mean in a second pass: the difference of two sums would lose its digits.
 */
public final class LayerNormKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;
    private final float[][] scratch;

    private Matrix x;
    private Matrix out;
    private float[] xData;
    private float[] outData;
    private float[] weight;
    private float[] bias;
    private float eps;
    private int numHeads;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public LayerNormKernel(WorkerPool pool) {
        this.pool = pool;
        scratch = new float[pool.threads()][RowSums.SCRATCH];
    }

    /** Whole rows. */
    public void run(
            Matrix newX,
            float[] newWeight,
            float[] newBias,
            float newEps,
            int newT,
            Matrix newOut) {
        numHeads = 1;
        start(newX, newWeight, newBias, newEps, newT, newOut);
    }

    /** Each head of x on its own; the weight is that of one head or of the whole row. */
    public void runHeads(Matrix newX, int newNumHeads, float[] newWeight, float newEps, int newT) {
        numHeads = newNumHeads;
        start(newX, newWeight, null, newEps, newT, newX);
    }

    private void start(
            Matrix newX,
            float[] newWeight,
            float[] newBias,
            float newEps,
            int newT,
            Matrix newOut) {
        x = newX;
        out = newOut;
        weight = newWeight;
        bias = newBias;
        eps = newEps;
        T = newT;
        xData = CpuMatrices.data(x, T);
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            row(CpuMatrices.rowStart(x, t), CpuMatrices.rowStart(out, t), scratch[worker]);
        }
    }

    private void row(int start, int to, float[] scratch) {
        int count = x.cols() / numHeads;
        for (int head = 0; head < numHeads; head++) {
            int from = head * count;
            float mean = RowSums.sum(xData, start + from, count, scratch) / count;
            float squares = RowSums.sumOfSquares(xData, start + from, count, mean, scratch);
            float factor = (float) (1 / Math.sqrt((double) squares / count + eps));
            int w = weight.length == count ? 0 : from;
            scaleRow(xData, start + from, mean, factor, weight, w, outData, to + from, count);
        }
        if (bias != null) {
            AddKernel.addRow(outData, to, bias, 0, count);
        }
    }

    private static void scaleRow(
            float[] x,
            int start,
            float mean,
            float factor,
            float[] weight,
            int w,
            float[] out,
            int to,
            int cols) {
        int whole = F.loopBound(cols);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, start + c)
                    .sub(mean)
                    .mul(factor)
                    .mul(FloatVector.fromArray(F, weight, w + c))
                    .intoArray(out, to + c);
        }
        for (int c = whole; c < cols; c++) {
            out[to + c] = (x[start + c] - mean) * factor * weight[w + c];
        }
    }
}
