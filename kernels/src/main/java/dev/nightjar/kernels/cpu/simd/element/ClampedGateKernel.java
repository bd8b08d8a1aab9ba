package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorExp;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * out = g * sigmoid(alpha * g) * (u + 1), where g and u are the clamped halves of each input row.
 */
public final class ClampedGateKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final WorkerPool pool;
    private final float[][] tails;

    private Matrix gateUp;
    private Matrix out;
    private float[] in;
    private float[] outData;
    private float alpha;
    private float limit;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public ClampedGateKernel(WorkerPool pool) {
        this.pool = pool;
        tails = new float[pool.threads()][3 * F.length()];
    }

    /** From {@code gateUp [T, 2F]}, gate and up alternating, to {@code out [T, F]}. */
    public void run(Matrix newGateUp, float newAlpha, float newLimit, int newT, Matrix newOut) {
        gateUp = newGateUp;
        alpha = newAlpha;
        limit = newLimit;
        out = newOut;
        T = newT;
        in = CpuMatrices.data(gateUp, T);
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(gateUp.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        int cols = out.cols();
        int whole = F.loopBound(cols);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int gate = CpuMatrices.rowStart(gateUp, t);
            int to = CpuMatrices.rowStart(out, t);
            row(in, gate, gate + cols, whole, outData, to);
            tail(tails[worker], gate + whole, gate + cols + whole, cols - whole, to + whole);
        }
    }

    /** Comparing and blending keeps NaN, which a clamp must not hide. */
    private void row(float[] in, int gate, int up, int count, float[] out, int to) {
        for (int f = 0; f < count; f += F.length()) {
            FloatVector g = FloatVector.fromArray(F, in, gate + f);
            g = g.blend(limit, g.compare(VectorOperators.GT, limit));
            FloatVector u = FloatVector.fromArray(F, in, up + f);
            u = u.blend(limit, u.compare(VectorOperators.GT, limit));
            u = u.blend(-limit, u.compare(VectorOperators.LT, -limit));
            g.div(VectorExp.exp(g.mul(-alpha)).add(1f)).mul(u.add(1f)).intoArray(out, to + f);
        }
    }

    /** The elements behind the last whole vector take the same way, padded to one. */
    private void tail(float[] padded, int gate, int up, int count, int to) {
        if (count > 0) {
            System.arraycopy(in, gate, padded, 0, count);
            System.arraycopy(in, up, padded, F.length(), count);
            row(padded, 0, F.length(), F.length(), padded, 2 * F.length());
            System.arraycopy(padded, 2 * F.length(), outData, to, count);
        }
    }
}
