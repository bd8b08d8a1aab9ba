package dev.nightjar.kernels.cpu.simd.group;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What words of four codes are multiplied with that are not taken apart. A code of 8 bits adds a
 * 256th of itself to the product of the column before, which the next factor takes away:
 *
 * <pre>{@code
 * factor[k] = x[k] - x[k - 1] / 256        the first column of a word: x[k]
 * }</pre>
 *
 * Rounded once, so that a product is as exact as one of codes and activations. Buffers grow on
 * demand.
 */
public final class WordFactors implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    /** Columns of a word; a vector has whole words. */
    private static final int WORD = 4;

    private static final float BELOW = -1f / 256;

    /** By column of a word, how much of the column before is taken away. */
    private static final FloatVector TAKEN = taken();

    /** The factors as activations, with the products of the rows that they are made of. */
    public final MatmulRows rows = new MatmulRows();

    private final WorkerPool pool;
    private float[] factors = new float[0];
    private MatmulRows from;
    private int numRows;
    private int chunkRows;

    private static FloatVector taken() {
        float[] values = new float[L];
        for (int k = 0; k < L; k++) {
            values[k] = k % WORD == 0 ? 0 : BELOW;
        }
        return FloatVector.fromArray(F, values, 0);
    }

    /** Made by this team. */
    public WordFactors(WorkerPool pool) {
        this.pool = pool;
    }

    /** Those of the first {@code n} rows, whose columns are whole words. */
    public void fill(MatmulRows newFrom, int n) {
        from = newFrom;
        numRows = n;
        int needed = Math.multiplyExact(n, from.cols);
        if (factors.length < needed) {
            factors = new float[needed];
        }
        rows.reset(from, factors, n);
        chunkRows = RowChunks.rows(from.cols);
        pool.run(this, Math.ceilDiv(n, chunkRows));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min((chunk + 1) * chunkRows, numRows);
        for (int i = chunk * chunkRows; i < end; i++) {
            row(from.x, from.xStart[i], factors, i * from.cols, from.cols);
        }
    }

    /** Reads each vector and the one a column before it; there is none before the first word. */
    private static void row(float[] x, int from, float[] factors, int to, int cols) {
        int k = 0;
        for (; k < WORD; k++) {
            factors[to + k] = k == 0 ? x[from] : Math.fma(x[from + k - 1], BELOW, x[from + k]);
        }
        for (; k + L <= cols; k += L) {
            FloatVector before = FloatVector.fromArray(F, x, from + k - 1);
            before.fma(TAKEN, FloatVector.fromArray(F, x, from + k)).intoArray(factors, to + k);
        }
        for (; k < cols; k++) {
            float below = k % WORD == 0 ? 0 : BELOW;
            factors[to + k] = Math.fma(x[from + k - 1], below, x[from + k]);
        }
    }
}
