package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.assembly.InstructionSet;
import dev.nightjar.kernels.cpu.simd.code.BlockQuantizer;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Activations for {@link AssembledProducts}, in native memory that grows on demand. A tile is, for
 * each block of 32 columns, the codes of its rows, quantized or as they are, and then what is known
 * about quantized ones:
 *
 * <pre>
 * tile    block 0 | block 1 | ...
 * block   codes of row 0 .. last row | record of row 0 .. last row
 * record  float factor | float factor * sum of codes | two ints where sums begin
 * </pre>
 *
 * Records of {@link TileForm#INT8} lie behind the last block.
 */
public final class NativeTiles implements PoolTask {

    /** Activations that share a factor. */
    static final int BLOCK = 32;

    /** Offset of a code's factor in a record. */
    static final int FACTOR = 0;

    /** Offset of factor times sum of the codes. */
    static final int TOTAL = 4;

    /**
     * Offset of what the centre of the weights' codes takes away: 8 times the sum of {@link
     * TileForm#NATURAL} codes, 32 times that of the first run of {@link TileForm#SIXES} and, in the
     * next int, of the second, 64 times that of {@link TileForm#INT8} codes, 128 times that of
     * {@link TileForm#isWide wide} ones; all negative. {@link ShortSums} begin with two parts of
     * it, each what keeps a sum of all products in 16 bits: 4 times the sum, and 32 times that of
     * either half of a run.
     */
    static final int START = 8;

    private static final int RUN = BlockCodes.RUN;

    /** Whole multiples of the largest magnitude over this. */
    private static final int NARROW_LEVELS = 127;

    private static final int WIDE_LEVELS = 127 << 7;

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    /** Less than this is done sooner than a team begins. */
    private static final int ALONE = 4096;

    private static final int L = VectorShapes.LANES;

    private static final boolean IN_SHORTS =
            !AssembledProducts.SET.map(InstructionSet::addsFour).orElse(true);

    private final WorkerPool pool;
    private final TileForm form;
    private final int[][] scratch;

    /** How the rows are cut. */
    public final RowTiles tiles = new RowTiles();

    private MemorySegment memory = MemorySegment.NULL;
    private MatmulRows rows;
    private int chunksPerTile;

    /** In this form, prepared by this team. */
    public NativeTiles(WorkerPool pool, TileForm form) {
        this.pool = pool;
        this.form = form;
        scratch = new int[pool.threads()][];
        Arrays.setAll(scratch, i -> new int[BLOCK]);
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    public void add(int from, int to) {
        tiles.addEvenly(from, to, form.most());
    }

    /** Address of a tile, or behind the last one. */
    public long address(int tile) {
        return memory.address() + start(tiles.rowsBefore(tile));
    }

    /** Bytes of so many rows. */
    private long start(int numRows) {
        return (long) (rows.cols / BLOCK) * form.bytes(numRows) + form.tailBytes(numRows);
    }

    /** Writes the rows into the tiles. */
    public void fill(MatmulRows newRows) {
        rows = newRows;
        if (tiles.count == 0) {
            return;
        }
        int numRows = tiles.rowsBefore(tiles.count);
        if (memory.byteSize() < start(numRows)) {
            memory = Arena.ofAuto().allocate(start(numRows), VectorShapes.BITS / 8);
        }
        chunksPerTile = form == TileForm.INT8 ? 1 : Math.ceilDiv(rows.cols, CHUNK_COLS);
        int chunks = tiles.count * chunksPerTile;
        if ((long) numRows * rows.cols > ALONE) {
            pool.run(this, chunks);
            return;
        }
        for (int chunk = 0; chunk < chunks; chunk++) {
            run(0, chunk);
        }
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / chunksPerTile;
        if (form == TileForm.INT8) {
            wholeRows(tile);
            return;
        }
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int end = Math.min(from + CHUNK_COLS, rows.cols);
        int size = tiles.size[tile];
        int step = form.bytes(size);
        long at = start(tiles.before[tile]) + (long) (from / BLOCK) * step;
        for (int k = from; k < end; k += BLOCK, at += step) {
            for (int t = 0; t < size; t++) {
                int x = rows.xStart[tiles.first[tile] + t] + k;
                if (form == TileForm.FLOATS) {
                    long to = at + form.codes(t);
                    MemorySegment.copy(rows.x, x, memory, ValueLayout.JAVA_FLOAT, to, BLOCK);
                    continue;
                }
                block(x, at + form.codes(t), at + form.record(size, t), scratch[worker]);
            }
        }
    }

    private void wholeRows(int tile) {
        int size = tiles.size[tile];
        int step = form.bytes(size);
        long at = start(tiles.before[tile]);
        long tail = at + (long) (rows.cols / BLOCK) * step;
        for (int t = 0; t < size; t++) {
            int x = rows.xStart[tiles.first[tile] + t];
            long record = tail + form.record(size, t);
            Int8Activations.write(rows.x, x, rows.cols, memory, at + form.codes(t), step, record);
        }
    }

    private void block(int from, long to, long record, int[] codes) {
        int levels = form.isWide() ? WIDE_LEVELS : NARROW_LEVELS;
        float dx = BlockQuantizer.quantize(rows.x, from, levels, codes);
        int sum = BlockCodes.sum(codes);
        memory.set(ValueLayout.JAVA_FLOAT, record + FACTOR, dx);
        memory.set(ValueLayout.JAVA_FLOAT, record + TOTAL, dx * sum);
        switch (form) {
            case NATURAL -> {
                BlockCodes.bytes(codes, memory, to);
                begin(record, start(-4 * sum, -4 * sum));
            }
            case SIXES -> {
                BlockCodes.sixes(codes, memory, to);
                begin(record, startOfRun(codes, 0));
                begin(record + 4, startOfRun(codes, RUN));
            }
            case WIDE -> {
                BlockCodes.wide(codes, memory, to);
                begin(record, -128 * sum);
            }
            case SHORTS -> {
                BlockCodes.shorts(codes, memory, to);
                begin(record, -128 * sum);
            }
            case INT8, FLOATS -> throw new IllegalStateException(form + " has no codes of blocks");
        }
    }

    private void begin(long record, int start) {
        memory.set(ValueLayout.JAVA_INT, record + START, start);
    }

    private static int startOfRun(int[] codes, int from) {
        int lower = BlockCodes.sumOfVector(codes, from);
        int upper = L == RUN ? 0 : BlockCodes.sumOfVector(codes, from + L);
        return start(-32 * lower, -32 * upper);
    }

    private static int start(int lower, int upper) {
        return IN_SHORTS ? upper << 16 | lower & 0xffff : lower + upper;
    }
}
