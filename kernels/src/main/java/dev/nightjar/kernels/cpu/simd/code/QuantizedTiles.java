package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/**
 * Activations in blocks of 8 bits, as {@link CodeTiles} reads them: per tile of rows {@code [cols,
 * size]} codes, each twice in its int, the last rows of a range padded with zeros. A block's factor
 * is its largest magnitude over 127, so that codes are in [-127, 127]. Buffers grow on demand.
 */
public final class QuantizedTiles implements PoolTask {

    /** Activations that share a factor. */
    static final int BLOCK = 32;

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    private final WorkerPool pool;
    private final int[][] scratch;

    /** How the rows are cut. */
    public final RowTiles tiles = new RowTiles();

    /** Codes of all tiles, from {@link #codeStart} on. */
    int[] codes = new int[0];

    /** Factors {@code [cols / 32, size]} of all tiles, from {@link #scaleStart} on. */
    float[] factors = new float[0];

    /** Factor times sum of the codes of a block. */
    float[] totals = new float[0];

    /** Where sums of a block begin: minus 8 times the sum of its codes, twice in the int. */
    int[] starts = new int[0];

    /**
     * Where sums of a run of 16 begin, {@code [cols / 16, size]} from twice {@link #scaleStart} on,
     * if paired: in each half of the int, minus 32 times the sum of the codes that it meets.
     */
    int[] runStarts = new int[0];

    /** Whether an int has the codes of two columns, as {@link CodeFormat#tile} reads them. */
    public boolean paired;

    private MatmulRows rows;
    private int chunksPerTile;

    /** Prepared by this team; grown on demand. */
    public QuantizedTiles(WorkerPool pool) {
        this.pool = pool;
        scratch = new int[pool.threads()][];
        Arrays.setAll(scratch, i -> new int[BLOCK]);
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    public void add(int from, int to) {
        tiles.add(from, to, CodeTiles.MAX);
    }

    /** Where the codes of a tile begin, from column {@code k} on. */
    int codeStart(int tile, int k) {
        int columns = paired ? 2 : 1; // in a code
        return tiles.before[tile] * (rows.cols / columns) + k / columns * tiles.size[tile];
    }

    /** Where factors, totals and starts of a tile begin. */
    int scaleStart(int tile) {
        return tiles.before[tile] * (rows.cols / BLOCK);
    }

    /** Quantizes the rows into the tiles, on all threads. */
    public void quantize(MatmulRows newRows, boolean newPaired) {
        paired = newPaired;
        rows = newRows;
        if (tiles.count == 0) {
            return;
        }
        int needed = Math.multiplyExact(tiles.rowsBefore(tiles.count), rows.cols);
        if (codes.length < needed) {
            codes = new int[needed];
            factors = new float[needed / BLOCK];
            totals = new float[needed / BLOCK];
            starts = new int[needed / BLOCK];
            runStarts = new int[needed / 16];
        }
        chunksPerTile = Math.ceilDiv(rows.cols, CHUNK_COLS);
        pool.run(this, tiles.count * chunksPerTile);
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / chunksPerTile;
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int end = Math.min(from + CHUNK_COLS, rows.cols);
        int size = tiles.size[tile];
        for (int k = from; k < end; k += BLOCK) {
            for (int r = 0; r < size; r++) {
                int code = codeStart(tile, k) + r;
                int scale = scaleStart(tile) + k / BLOCK * size + r;
                if (r < tiles.used[tile]) {
                    int x = rows.xStart[tiles.first[tile] + r] + k;
                    block(rows.x, x, code, size, scale, scratch[worker]);
                } else {
                    zero(code, size, scale);
                }
            }
        }
    }

    private void block(float[] x, int from, int code, int step, int scale, int[] rounded) {
        float dx = BlockQuantizer.quantize(x, from, rounded);
        int sum = paired ? pairs(rounded, code, step, scale) : twice(rounded, code, step);
        factors[scale] = dx;
        totals[scale] = dx * sum;
        starts[scale] = (paired ? 0 : -8 * sum << 16) | -8 * sum & 0xffff;
    }

    private int twice(int[] rounded, int code, int step) {
        int sum = 0;
        for (int j = 0; j < BLOCK; j++, code += step) {
            int q = rounded[j];
            codes[code] = q << 16 | q & 0xffff;
            sum += q;
        }
        return sum;
    }

    private int pairs(int[] rounded, int code, int step, int scale) {
        int row = scale % step;
        int runs = 2 * (scale - row) + row;
        int sum = 0;
        for (int run = 0; run < 2; run++) {
            int low = 0;
            int high = 0;
            for (int j = 16 * run; j < 16 * run + 16; j += 4, code += 2 * step) {
                int a = rounded[j];
                int b = rounded[j + 1];
                int c = rounded[j + 2];
                int d = rounded[j + 3];
                codes[code] = c << 16 | a & 0xffff;
                codes[code + step] = d << 16 | b & 0xffff;
                low += a + b;
                high += c + d;
            }
            runStarts[runs + run * step] = -32 * high << 16 | -32 * low & 0xffff;
            sum += low + high;
        }
        return sum;
    }

    private void zero(int code, int step, int scale) {
        for (int j = 0; j < (paired ? BLOCK / 2 : BLOCK); j++, code += step) {
            codes[code] = 0;
        }
        factors[scale] = 0; // whatever the runs begin with then counts nothing
        totals[scale] = 0;
        starts[scale] = 0;
    }
}
