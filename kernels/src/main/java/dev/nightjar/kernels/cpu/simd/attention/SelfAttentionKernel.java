package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/**
 * Attention in both directions, cut into tiles of rows of one head of one sequence. Tiles are
 * counted from the sequence's first row, so nothing depends on what is packed beside it.
 */
public final class SelfAttentionKernel implements PoolTask {

    /** So that a thread that is held up delays the end little. */
    private static final int TILES_PER_THREAD = 6;

    private final WorkerPool pool;
    private final SelfAttentionTile[] workers;

    /** Sequence of each tile, and its first row within that sequence. */
    private int[] sequences = new int[16];

    private int[] firstRows = new int[16];

    private int tileRows;

    private Matrix q;
    private Matrix k;
    private Matrix v;
    private SelfAttentionSpec spec;
    private int[] starts;
    private Matrix out;

    /** Runs on this team of threads, with assembled functions where there are such or without. */
    public SelfAttentionKernel(WorkerPool pool, boolean assembles) {
        this.pool = pool;
        workers = new SelfAttentionTile[pool.threads()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new SelfAttentionTile(assembles);
        }
    }

    /** Attends within each of the packed sequences; the arrays may grow once a call is larger. */
    public void run(
            Matrix newQ,
            Matrix newK,
            Matrix newV,
            SelfAttentionSpec newSpec,
            int[] newStarts,
            int numSequences,
            int T,
            Matrix newOut) {
        q = newQ;
        k = newK;
        v = newV;
        spec = newSpec;
        starts = newStarts;
        out = newOut;
        int numTiles = cut(numSequences);
        float[] queries = CpuMatrices.data(q, T);
        float[] keys = CpuMatrices.data(k, T);
        float[] values = CpuMatrices.data(v, T);
        float[] results = CpuMatrices.data(out, T);
        for (SelfAttentionTile worker : workers) {
            worker.start(spec, queries, keys, values, results);
        }
        pool.run(this, numTiles * spec.numHeads());
    }

    /** In tiles as large as leave each thread several. */
    private int cut(int numSequences) {
        tileRows = SelfAttentionTile.MOST_ROWS;
        int numTiles = cutByRows(numSequences);
        while (tileRows > SelfAttentionTile.LEAST_ROWS
                && numTiles * spec.numHeads() < TILES_PER_THREAD * pool.threads()) {
            tileRows /= 2;
            numTiles = cutByRows(numSequences);
        }
        return numTiles;
    }

    private int cutByRows(int numSequences) {
        int numTiles = 0;
        for (int s = 0; s < numSequences; s++) {
            int length = starts[s + 1] - starts[s];
            for (int row = 0; row < length; row += tileRows) {
                reserve(numTiles + 1);
                sequences[numTiles] = s;
                firstRows[numTiles++] = row;
            }
        }
        return numTiles;
    }

    private void reserve(int numTiles) {
        if (sequences.length < numTiles) {
            sequences = Arrays.copyOf(sequences, 2 * numTiles);
            firstRows = Arrays.copyOf(firstRows, 2 * numTiles);
        }
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / spec.numHeads();
        int s = sequences[tile];
        int column = chunk % spec.numHeads() * spec.headDim();
        workers[worker].run(
                q,
                k,
                v,
                out,
                column,
                starts[s],
                starts[s + 1] - starts[s],
                firstRows[tile],
                tileRows);
    }
}
