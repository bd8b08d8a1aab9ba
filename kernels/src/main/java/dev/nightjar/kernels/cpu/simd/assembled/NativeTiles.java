package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    private static final long CHUNK_BYTES = (long) CHUNK_COLS * Float.BYTES;

    /** Less than this is done sooner than a team begins. */
    private static final int ALONE = 4096;

    private static final int ALIGNMENT = VectorShapes.BITS / 8;

    private final WorkerPool pool;
    private final TileForm form;

    /** How the rows are cut. */
    public final RowTiles tiles = new RowTiles();

    /** Made when first needed, as the next. */
    private BlockCodes blockCodes;

    /** The activations of a chunk for each worker. */
    private MemorySegment chunks = MemorySegment.NULL;

    private MemorySegment memory = MemorySegment.NULL;
    private MatmulRows rows;
    private int chunksPerTile;

    /** In this form, prepared by this team. */
    public NativeTiles(WorkerPool pool, TileForm form) {
        this.pool = pool;
        this.form = form;
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
            memory = Arena.ofAuto().allocate(start(numRows), ALIGNMENT);
        }
        if (blockCodes == null && form.hasBlockFactors()) {
            blockCodes = BlockCodes.of(form);
            chunks = Arena.ofAuto().allocate(pool.threads() * CHUNK_BYTES, ALIGNMENT);
        }
        chunksPerTile = form == TileForm.INT8 ? 1 : Math.ceilDiv(rows.cols, CHUNK_COLS);
        int numChunks = tiles.count * chunksPerTile;
        if ((long) numRows * rows.cols > ALONE) {
            pool.run(this, numChunks);
            return;
        }
        for (int chunk = 0; chunk < numChunks; chunk++) {
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
        int count = Math.min(CHUNK_COLS, rows.cols - from);
        int size = tiles.size[tile];
        int step = form.bytes(size);
        long at = start(tiles.before[tile]) + (long) (from / BLOCK) * step;
        for (int t = 0; t < size; t++) {
            int x = rows.xStart[tiles.first[tile] + t] + from;
            if (form == TileForm.FLOATS) {
                copy(x, count, at + form.codes(t), step);
            } else {
                long own = worker * CHUNK_BYTES;
                MemorySegment.copy(rows.x, x, chunks, ValueLayout.JAVA_FLOAT, own, count);
                long codes = memory.address() + at + form.codes(t);
                long record = memory.address() + at + form.record(size, t);
                blockCodes.write(chunks.address() + own, count / BLOCK, codes, record, step);
            }
        }
    }

    private void copy(int x, int count, long to, int step) {
        for (int k = 0; k < count; k += BLOCK, to += step) {
            MemorySegment.copy(rows.x, x + k, memory, ValueLayout.JAVA_FLOAT, to, BLOCK);
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
}
