package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/**
 * Activations in blocks of 8 bits, column by column in tiles of rows, the last rows of a range
 * padded with zeros. A block's factor is its largest magnitude over 127, so that codes are in
 * [-127, 127]. Buffers grow on demand.
 */
public final class QuantizedTiles implements PoolTask {

    /** How codes lie in a tile. */
    public enum Form {
        /** Each code twice in its int, {@code [cols, size]}, as {@link CodeTiles} reads them. */
        TWICE,

        /** Two columns in an int, {@code [cols / 2, size]}, for {@link NibbleFormat#tile}. */
        PAIRS,

        /** Floats {@code [cols, size]} for {@link WholeTiles}. */
        WHOLE
    }

    /** Activations that share a factor. */
    static final int BLOCK = 32;

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    private final WorkerPool pool;
    private final int most;
    private final int[][] scratch;

    /** How the rows are cut. */
    public final RowTiles tiles = new RowTiles();

    /** Codes of all tiles, from {@link #codeStart} on, unless {@link Form#WHOLE}. */
    int[] codes = new int[0];

    /** Factors {@code [cols / 32, size]} of all tiles, from {@link #scaleStart} on. */
    float[] factors = new float[0];

    /** Factor times sum of the codes of a block. */
    float[] totals = new float[0];

    /**
     * What the centre of codes of four bits stands for: 8 times the sum of a block's codes; less
     * what sums are raised by, if {@link Form#TWICE}.
     */
    int[] centres = new int[0];

    /** Where sums of a block begin: minus 8 times the sum of its codes, twice in the int. */
    int[] starts = new int[0];

    /** The same, raised by 2^15, so that sums have no sign. */
    int[] raised = new int[0];

    /** The same codes as floats, if {@link Form#WHOLE}. */
    float[] wholes = new float[0];

    /** How the codes lie. */
    public Form form;

    private MatmulRows rows;
    private int chunksPerTile;

    /**
     * Prepared by this team; grown on demand.
     *
     * @param most rows of the largest tile
     */
    public QuantizedTiles(WorkerPool pool, int most) {
        this.pool = pool;
        this.most = most;
        scratch = new int[pool.threads()][];
        Arrays.setAll(scratch, i -> new int[BLOCK]);
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    public void add(int from, int to) {
        tiles.add(from, to, most);
    }

    /** Where the codes of a tile begin, from column {@code k} on. */
    int codeStart(int tile, int k) {
        int columns = form == Form.PAIRS ? 2 : 1; // in a code
        return tiles.before[tile] * (rows.cols / columns) + k / columns * tiles.size[tile];
    }

    /** Where factors, totals and starts of a tile begin. */
    int scaleStart(int tile) {
        return tiles.before[tile] * (rows.cols / BLOCK);
    }

    /** Quantizes the rows into the tiles, on all threads. */
    public void quantize(MatmulRows newRows, Form newForm) {
        form = newForm;
        rows = newRows;
        if (tiles.count == 0) {
            return;
        }
        int needed = Math.multiplyExact(tiles.rowsBefore(tiles.count), rows.cols);
        if (form == Form.WHOLE && wholes.length < needed) {
            wholes = new float[needed];
        } else if (form != Form.WHOLE && codes.length < needed) {
            codes = new int[needed];
        }
        if (factors.length < needed / BLOCK) {
            factors = new float[needed / BLOCK];
            totals = new float[needed / BLOCK];
            centres = new int[needed / BLOCK];
            starts = new int[needed / BLOCK];
            raised = new int[needed / BLOCK];
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
        int sum =
                switch (form) {
                    case TWICE -> twice(rounded, code, step);
                    case PAIRS -> pairs(rounded, code, step);
                    case WHOLE -> floats(rounded, code, step);
                };
        factors[scale] = dx;
        totals[scale] = dx * sum;
        centres[scale] = 8 * sum - (form == Form.TWICE ? 0x8000 : 0);
        starts[scale] = (form == Form.TWICE ? -8 * sum << 16 : 0) | -8 * sum & 0xffff;
        raised[scale] = starts[scale] ^ 0x80008000;
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

    private int pairs(int[] rounded, int code, int step) {
        int sum = 0;
        for (int j = 0; j < BLOCK; j += 4, code += 2 * step) {
            int a = rounded[j];
            int b = rounded[j + 1];
            int c = rounded[j + 2];
            int d = rounded[j + 3];
            codes[code] = c << 16 | a & 0xffff;
            codes[code + step] = d << 16 | b & 0xffff;
            sum += a + b + c + d;
        }
        return sum;
    }

    private int floats(int[] rounded, int code, int step) {
        int sum = 0;
        for (int j = 0; j < BLOCK; j++, code += step) {
            wholes[code] = rounded[j];
            sum += rounded[j];
        }
        return sum;
    }

    private void zero(int code, int step, int scale) {
        int count = form == Form.PAIRS ? BLOCK / 2 : BLOCK;
        for (int j = 0; j < count; j++, code += step) {
            if (form == Form.WHOLE) {
                wholes[code] = 0;
            } else {
                codes[code] = 0;
            }
        }
        factors[scale] = 0; // whatever the sums begin with then counts nothing
        totals[scale] = 0;
        centres[scale] = 0;
        starts[scale] = 0;
        raised[scale] = 0;
    }
}
