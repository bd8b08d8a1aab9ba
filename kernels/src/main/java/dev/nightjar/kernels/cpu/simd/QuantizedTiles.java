package dev.nightjar.kernels.cpu.simd;

import java.util.Arrays;

/**
 * Activations in blocks of 8 bits, as {@link CodeTiles} reads them: per tile of rows {@code [cols,
 * size]} codes, each twice in its int, the last rows of a range padded with zeros. A block's factor
 * is its largest magnitude over 127, so that codes are in [-127, 127]. Buffers grow on demand.
 */
final class QuantizedTiles implements PoolTask {

    /** Activations that share a factor. */
    static final int BLOCK = 32;

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    private final WorkerPool pool;
    private final float[][] scratch;

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

    /** Codes of all tiles, from {@link #codeStart} on. */
    int[] codes = new int[0];

    /** Factors {@code [cols / 32, size]} of all tiles, from {@link #scaleStart} on. */
    float[] factors = new float[0];

    /** Factor times sum of the codes of a block. */
    float[] totals = new float[0];

    /** Where sums of a block begin: minus 8 times the sum of its codes, twice in the int. */
    int[] starts = new int[0];

    /** Whether an int has the codes of two columns, as {@link CodeFormat#tile} reads them. */
    boolean paired;

    private MatmulRows rows;
    private int chunksPerTile;

    QuantizedTiles(WorkerPool pool) {
        this.pool = pool;
        scratch = new float[pool.threads()][];
        Arrays.setAll(scratch, i -> new float[BLOCK]);
    }

    void clear() {
        count = 0;
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    void add(int from, int to) {
        for (int i = from; i < to; i += size[count - 1]) {
            if (count == first.length) {
                grow();
            }
            first[count] = i;
            size[count] = CodeTiles.size(to - i);
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

    /** Rows of all tiles before this one, which may be the end. */
    int rowsBefore(int tile) {
        return tile == 0 ? 0 : before[tile - 1] + size[tile - 1];
    }

    /** Where the codes of a tile begin. */
    int codeStart(int tile) {
        return before[tile] * (paired ? rows.cols / 2 : rows.cols);
    }

    /** Where factors, totals and starts of a tile begin. */
    int scaleStart(int tile) {
        return before[tile] * (rows.cols / BLOCK);
    }

    /** Quantizes the rows into the tiles, on all threads. */
    void quantize(MatmulRows newRows, boolean newPaired) {
        paired = newPaired;
        rows = newRows;
        if (count == 0) {
            return;
        }
        int needed = Math.multiplyExact(before[count - 1] + size[count - 1], rows.cols);
        if (codes.length < needed) {
            codes = new int[needed];
            factors = new float[needed / BLOCK];
            totals = new float[needed / BLOCK];
            starts = new int[needed / BLOCK];
        }
        chunksPerTile = Math.ceilDiv(rows.cols, CHUNK_COLS);
        pool.run(this, count * chunksPerTile);
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / chunksPerTile;
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int end = Math.min(from + CHUNK_COLS, rows.cols);
        for (int k = from; k < end; k += BLOCK) {
            for (int r = 0; r < size[tile]; r++) {
                int code = codeStart(tile) + (paired ? k / 2 : k) * size[tile] + r;
                int scale = scaleStart(tile) + k / BLOCK * size[tile] + r;
                if (r < used[tile]) {
                    int x = rows.xStart[first[tile] + r] + k;
                    block(rows.x, x, code, size[tile], scale, scratch[worker]);
                } else {
                    zero(code, size[tile], scale);
                }
            }
        }
    }

    private void block(float[] x, int from, int code, int step, int scale, float[] rounded) {
        float dx = BlockQuantizer.quantize(x, from, rounded, 0);
        int sum = paired ? pairs(rounded, code, step) : twice(rounded, code, step);
        factors[scale] = dx;
        totals[scale] = dx * sum;
        starts[scale] = (paired ? 0 : -8 * sum << 16) | -8 * sum & 0xffff;
    }

    private int twice(float[] rounded, int code, int step) {
        int sum = 0;
        for (int j = 0; j < BLOCK; j++, code += step) {
            int q = (int) rounded[j];
            codes[code] = q << 16 | q & 0xffff;
            sum += q;
        }
        return sum;
    }

    private int pairs(float[] rounded, int code, int step) {
        int sum = 0;
        for (int j = 0; j < BLOCK; j += 4, code += 2 * step) {
            int a = (int) rounded[j];
            int b = (int) rounded[j + 1];
            int c = (int) rounded[j + 2];
            int d = (int) rounded[j + 3];
            codes[code] = c << 16 | a & 0xffff;
            codes[code + step] = d << 16 | b & 0xffff;
            sum += a + b + c + d;
        }
        return sum;
    }

    private void zero(int code, int step, int scale) {
        for (int j = 0; j < (paired ? BLOCK / 2 : BLOCK); j++, code += step) {
            codes[code] = 0;
        }
        factors[scale] = 0;
        totals[scale] = 0;
        starts[scale] = 0;
    }
}
