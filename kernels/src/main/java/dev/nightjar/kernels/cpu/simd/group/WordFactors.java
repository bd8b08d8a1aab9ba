package dev.nightjar.kernels.cpu.simd.group;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

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

    private static final float BELOW = -1f / 256;

    /** The factors as activations, with the products of the rows that they are made of. */
    public final MatmulRows rows = new MatmulRows();

    private final WorkerPool pool;
    private float[] factors = new float[0];
    private MatmulRows from;
    private int numRows;
    private int chunkRows;

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

    private static void row(float[] x, int from, float[] factors, int to, int cols) {
        for (int k = 0; k < cols; k += 4) {
            float first = x[from + k];
            float second = x[from + k + 1];
            float third = x[from + k + 2];
            factors[to + k] = first;
            factors[to + k + 1] = Math.fma(first, BELOW, second);
            factors[to + k + 2] = Math.fma(second, BELOW, third);
            factors[to + k + 3] = Math.fma(third, BELOW, x[from + k + 3]);
        }
    }
}
