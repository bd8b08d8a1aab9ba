package dev.nightjar.kernels.cpu.simd.element;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** x *= factor, one for all rows or one per row: the sigmoid of a gate. */
public final class ScaleKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private enum Factor {
        CONSTANT,
        SIGMOID
    }

    private final WorkerPool pool;

    private Matrix x;
    private float[] xData;
    private Factor kind;
    private float constant;
    private Matrix gate;
    private float[] gateData;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public ScaleKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** All rows by the same factor. */
    public void run(Matrix newX, float newFactor, int newT) {
        constant = newFactor;
        run(newX, Factor.CONSTANT, newT);
    }

    /** Row t by sigmoid(gate [t, 0]). */
    public void runGate(Matrix newX, Matrix newGate, int newT) {
        gate = newGate;
        gateData = CpuMatrices.data(gate, newT);
        run(newX, Factor.SIGMOID, newT);
    }

    private void run(Matrix newX, Factor newKind, int newT) {
        x = newX;
        xData = CpuMatrices.data(x, newT);
        kind = newKind;
        T = newT;
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            scaleRow(xData, CpuMatrices.rowStart(x, t), x.cols(), factor(t));
        }
    }

    private float factor(int t) {
        return switch (kind) {
            case CONSTANT -> constant;
            case SIGMOID -> (float) (1 / (1 + Math.exp(-gateData[CpuMatrices.rowStart(gate, t)])));
        };
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
