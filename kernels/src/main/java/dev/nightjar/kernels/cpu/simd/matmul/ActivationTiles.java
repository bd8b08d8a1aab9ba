package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.group.GroupTiles;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/**
 * Activations as the tiles of {@link GroupTiles} read them: {@code [cols, size]} for each tile of
 * rows, the last rows of a range padded with zeros. Buffers grow on demand.
 */
public final class ActivationTiles implements PoolTask {

    /** Some ten microseconds of copying. */
    private static final int CHUNK_COLS = 1024;

    /** What is written stays in the first-level cache until all rows have been there. */
    private static final int BLOCK_COLS = 128;

    private final WorkerPool pool;
    private final int few;
    private final int mostOfFew;

    final RowTiles tiles = new RowTiles();

    /** All tiles, from {@link #start} on. */
    float[] packed = new float[0];

    private boolean fused;
    private MatmulRows rows;
    private int chunksPerTile;

    /**
     * Made by this team.
     *
     * @param few up to so many rows, tiles that meet weights while those are decoded have at most
     *     {@code mostOfFew} of them
     */
    ActivationTiles(WorkerPool pool, int few, int mostOfFew) {
        this.pool = pool;
        this.few = few;
        this.mostOfFew = mostOfFew;
    }

    /** Forgets the tiles; whether the next ones meet weights while those are decoded. */
    void clear(boolean newFused) {
        tiles.clear();
        fused = newFused;
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    void add(int from, int to) {
        tiles.add(from, to, fused && to - from <= few ? mostOfFew : GroupTiles.MAX);
    }

    /** Where column {@code k} of a tile begins in {@link #packed}. */
    int start(int tile, int k) {
        return tiles.before[tile] * rows.cols + k * tiles.size[tile];
    }

    /** Copies the rows into the tiles, on all threads. */
    void pack(MatmulRows newRows) {
        rows = newRows;
        if (tiles.count == 0) {
            return;
        }
        int needed = Math.multiplyExact(tiles.rowsBefore(tiles.count), rows.cols);
        if (packed.length < needed) {
            packed = new float[needed];
        }
        chunksPerTile = Math.ceilDiv(rows.cols, CHUNK_COLS);
        pool.run(this, tiles.count * chunksPerTile);
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / chunksPerTile;
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int n = Math.min(CHUNK_COLS, rows.cols - from);
        int step = tiles.size[tile];
        for (int k = from; k < from + n; k += BLOCK_COLS) {
            copy(tile, step, k, Math.min(BLOCK_COLS, from + n - k));
        }
    }

    private void copy(int tile, int step, int from, int n) {
        int at = start(tile, from);
        int used = tiles.used[tile];
        int r = 0;
        for (; r + 4 <= used; r += 4) {
            copy4(tiles.first[tile] + r, from, n, at + r, step);
        }
        for (; r + 2 <= used; r += 2) {
            copy2(tiles.first[tile] + r, from, n, at + r, step);
        }
        for (; r < used; r++) {
            int x = rows.xStart[tiles.first[tile] + r] + from;
            for (int k = 0, to = at + r; k < n; k++, to += step) {
                packed[to] = rows.x[x + k];
            }
        }
        for (; r < step; r++) {
            for (int k = 0, to = at + r; k < n; k++, to += step) {
                packed[to] = 0;
            }
        }
    }

    /** Four rows at once: what is written lies together. */
    private void copy4(int row, int from, int n, int at, int step) {
        float[] x = rows.x;
        float[] target = packed;
        int a = rows.xStart[row] + from;
        int b = rows.xStart[row + 1] + from;
        int c = rows.xStart[row + 2] + from;
        int d = rows.xStart[row + 3] + from;
        for (int k = 0; k < n; k++, at += step) {
            target[at] = x[a + k];
            target[at + 1] = x[b + k];
            target[at + 2] = x[c + k];
            target[at + 3] = x[d + k];
        }
    }

    /** Two rows at once. */
    private void copy2(int row, int from, int n, int at, int step) {
        float[] x = rows.x;
        float[] target = packed;
        int a = rows.xStart[row] + from;
        int b = rows.xStart[row + 1] + from;
        for (int k = 0; k < n; k++, at += step) {
            target[at] = x[a + k];
            target[at + 1] = x[b + k];
        }
    }
}
