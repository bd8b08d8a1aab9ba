package dev.nightjar.kernels.cpu.simd;

import java.util.Arrays;

/**
 * Activations as the tiles of {@link GroupTiles} read them: {@code [cols, size]} for each tile of
 * rows, the last rows of a range padded with zeros. Buffers grow on demand.
 */
final class ActivationTiles implements PoolTask {

    /** Some ten microseconds of copying. */
    private static final int CHUNK_COLS = 1024;

    /** What is written stays in the first-level cache until all rows have been there. */
    private static final int BLOCK_COLS = 128;

    private final WorkerPool pool;

    /** Tiles so far. */
    int count;

    /** The first row of a tile in {@link MatmulRows}. */
    int[] first = new int[0];

    /** Rows of a tile that are no padding. */
    int[] used = new int[0];

    /** Rows of a tile. */
    int[] size = new int[0];

    /** Rows of all tiles before this one. */
    int[] before = new int[0];

    /** All tiles; tile i begins at {@code before[i] * cols}. */
    float[] packed = new float[0];

    private MatmulRows rows;
    private int chunksPerTile;

    ActivationTiles(WorkerPool pool) {
        this.pool = pool;
    }

    void clear() {
        count = 0;
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    void add(int from, int to) {
        int most = to - from <= FusedTiles.MAX_ROWS ? 8 : 12;
        for (int i = from; i < to; i += size[count - 1]) {
            if (count == first.length) {
                grow();
            }
            first[count] = i;
            size[count] = Math.min(most, GroupTiles.size(to - i));
            used[count] = Math.min(size[count], to - i);
            before[count] = count == 0 ? 0 : before[count - 1] + size[count - 1];
            count++;
        }
    }

    private void grow() {
        int length = Math.max(16, 2 * first.length);
        first = Arrays.copyOf(first, length);
        used = Arrays.copyOf(used, length);
        size = Arrays.copyOf(size, length);
        before = Arrays.copyOf(before, length);
    }

    /** The tile that begins with this row, or {@link #count} behind the last one. */
    int tileAt(int row) {
        int tile = Arrays.binarySearch(first, 0, count, row);
        return tile < 0 ? -tile - 1 : tile;
    }

    /** Copies the rows into the tiles, on all threads. */
    void pack(MatmulRows newRows) {
        rows = newRows;
        if (count == 0) {
            return;
        }
        int needed = Math.multiplyExact(before[count - 1] + size[count - 1], rows.cols);
        if (packed.length < needed) {
            packed = new float[needed];
        }
        chunksPerTile = Math.ceilDiv(rows.cols, CHUNK_COLS);
        pool.run(this, count * chunksPerTile);
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / chunksPerTile;
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int n = Math.min(CHUNK_COLS, rows.cols - from);
        int step = size[tile];
        for (int k = from; k < from + n; k += BLOCK_COLS) {
            copy(tile, step, k, Math.min(BLOCK_COLS, from + n - k));
        }
    }

    private void copy(int tile, int step, int from, int n) {
        int at = before[tile] * rows.cols + from * step;
        for (int r = 0; r < used[tile]; r++) {
            int x = rows.xStart[first[tile] + r] + from;
            for (int k = 0, to = at + r; k < n; k++, to += step) {
                packed[to] = rows.x[x + k];
            }
        }
        for (int r = used[tile]; r < step; r++) {
            for (int k = 0, to = at + r; k < n; k++, to += step) {
                packed[to] = 0;
            }
        }
    }
}
