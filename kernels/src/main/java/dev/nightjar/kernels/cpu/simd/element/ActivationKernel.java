package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * out = f(x), or out = f(gate) * up where gate and up are the halves of each input row. Strips of a
 * row are copied to scratch memory, padded to whole vectors, so that the last elements take the
 * same way as all others; out may be any part of the input.
 */
public final class ActivationKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    /** Two kilobytes stay in the first-level cache. */
    private static final int STRIP = 512;

    private final WorkerPool pool;
    private final float[][] strips;

    private ElementFunction function;
    private Matrix x;
    private Matrix out;
    private float[] in;
    private float[] outData;
    private int T;
    private int rowsPerChunk;
    private boolean gated;

    /** Runs on this team of threads. */
    public ActivationKernel(WorkerPool pool) {
        this.pool = pool;
        strips = new float[pool.threads()][STRIP];
    }

    /** x [T, F] = f(x). */
    public void run(ElementFunction newFunction, Matrix newX, int newT) {
        gated = false;
        run(newFunction, newX, newX, newT);
    }

    /** out [T, F] = f(gateUp[:, 0..F)) * gateUp[:, F..2F). */
    public void runGated(ElementFunction newFunction, Matrix gateUp, int newT, Matrix newOut) {
        gated = true;
        run(newFunction, gateUp, newOut, newT);
    }

    private void run(ElementFunction newFunction, Matrix newX, Matrix newOut, int newT) {
        function = newFunction;
        x = newX;
        out = newOut;
        T = newT;
        in = CpuMatrices.data(x, T);
        outData = CpuMatrices.data(out, T);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        int cols = out.cols();
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int from = CpuMatrices.rowStart(x, t);
            int to = CpuMatrices.rowStart(out, t);
            for (int c = 0; c < cols; c += STRIP) {
                strip(strips[worker], from + c, to + c, Math.min(STRIP, cols - c), cols);
            }
        }
    }

    private void strip(float[] strip, int from, int to, int count, int cols) {
        System.arraycopy(in, from, strip, 0, count);
        function.apply(strip, VectorShapes.padded(count));
        if (gated) {
            multiply(strip, in, from + cols, outData, to, count);
        } else {
            System.arraycopy(strip, 0, outData, to, count);
        }
    }

    private static void multiply(
            float[] strip, float[] in, int up, float[] out, int to, int count) {
        int whole = F.loopBound(count);
        for (int i = 0; i < whole; i += F.length()) {
            FloatVector.fromArray(F, strip, i)
                    .mul(FloatVector.fromArray(F, in, up + i))
                    .intoArray(out, to + i);
        }
        for (int i = whole; i < count; i++) {
            out[to + i] = strip[i] * in[up + i];
        }
    }
}
