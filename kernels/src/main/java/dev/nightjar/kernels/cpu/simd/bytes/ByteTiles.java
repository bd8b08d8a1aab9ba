package dev.nightjar.kernels.cpu.simd.bytes;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;

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
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activations in blocks of 8 bits for {@link ByteProducts}, in native memory that grows on demand.
 * A tile is, for each block of 32 columns, the codes of its rows and then what is known about
 * those:
 *
 * <pre>
 * tile    block 0 | block 1 | ...
 * block   32 bytes of row 0 .. last row | record of row 0 .. last row
 * record  float factor | float factor * sum | int -8 * sum, or -32 * sum of each run of 16
 * </pre>
 */
public final class ByteTiles implements PoolTask {

    /** Activations that share a factor, and bytes of their codes. */
    static final int BLOCK = 32;

    /** Offset of a code's factor in a record. */
    static final int FACTOR = 0;

    /** Offset of factor times sum of the codes. */
    static final int TOTAL = 4;

    /** Offset of what the centre of codes of four bits takes away. */
    static final int NIBBLE_START = 8;

    /** Offset of what the centre of codes of six bits takes away from the first and second run. */
    static final int RUN_STARTS = 8;

    private static final int RECORD = 16;
    private static final int RUN = 16;

    /** Columns that one chunk of the team's work covers, whole blocks. */
    private static final int CHUNK_COLS = 512;

    /** Less than this is done sooner than a team begins. */
    private static final int ALONE = 4096;

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;

    private final WorkerPool pool;
    private final int[][] scratch;

    /** How the rows are cut. */
    public final RowTiles tiles = new RowTiles();

    private MemorySegment memory = MemorySegment.NULL;
    private ByteOrder order;
    private MatmulRows rows;
    private int chunksPerTile;

    /** Prepared by this team. */
    public ByteTiles(WorkerPool pool) {
        this.pool = pool;
        scratch = new int[pool.threads()][];
        Arrays.setAll(scratch, i -> new int[BLOCK]);
    }

    /** Bytes of a block of a tile. */
    static int bytes(int rows) {
        return rows * (BLOCK + RECORD);
    }

    /** Offset of the record of row {@code t} in a block. */
    static int record(int rows, int t) {
        return rows * BLOCK + t * RECORD;
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    public void add(int from, int to) {
        tiles.addEvenly(from, to, ByteProducts.MOST);
    }

    /** Address of a tile. */
    public long address(int tile) {
        return memory.address() + start(tile);
    }

    private long start(int tile) {
        return (long) tiles.before[tile] * (rows.cols / BLOCK) * (BLOCK + RECORD);
    }

    /** Quantizes the rows into the tiles. */
    public void quantize(MatmulRows newRows, ByteOrder newOrder) {
        rows = newRows;
        order = newOrder;
        if (tiles.count == 0) {
            return;
        }
        int numRows = tiles.rowsBefore(tiles.count);
        long needed = (long) numRows * (rows.cols / BLOCK) * (BLOCK + RECORD);
        if (memory.byteSize() < needed) {
            memory = Arena.ofAuto().allocate(needed, 64);
        }
        chunksPerTile = Math.ceilDiv(rows.cols, CHUNK_COLS);
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
        int from = chunk % chunksPerTile * CHUNK_COLS;
        int end = Math.min(from + CHUNK_COLS, rows.cols);
        int size = tiles.size[tile];
        long at = start(tile) + (long) (from / BLOCK) * bytes(size);
        for (int k = from; k < end; k += BLOCK, at += bytes(size)) {
            for (int t = 0; t < size; t++) {
                int x = rows.xStart[tiles.first[tile] + t] + k;
                block(rows.x, x, at + t * BLOCK, at + record(size, t), scratch[worker]);
            }
        }
    }

    private void block(float[] x, int from, long to, long record, int[] codes) {
        float dx = BlockQuantizer.quantize(x, from, codes);
        int first = run(codes, 0, to);
        int second = run(codes, RUN, to + RUN);
        memory.set(ValueLayout.JAVA_FLOAT, record + FACTOR, dx);
        memory.set(ValueLayout.JAVA_FLOAT, record + TOTAL, dx * (first + second));
        boolean sixes = order == ByteOrder.SIXES;
        int start = sixes ? -32 * first : -8 * (first + second);
        memory.set(ValueLayout.JAVA_INT, record + RUN_STARTS, start);
        memory.set(ValueLayout.JAVA_INT, record + RUN_STARTS + 4, sixes ? -32 * second : 0);
    }

    /** Writes 16 codes; their sum. */
    private int run(int[] codes, int from, long to) {
        IntVector v = IntVector.fromArray(I, codes, from);
        if (order == ByteOrder.SIXES) {
            v = v.rearrange(Sixes.SHUFFLE);
        }
        ((ByteVector) v.convertShape(VectorOperators.I2B, B, 0))
                .intoMemorySegment(memory, to, LITTLE_ENDIAN);
        return v.reduceLanes(ADD);
    }

    /** Only where a vector has the 16 lanes that it moves. */
    private static final class Sixes {
        static final VectorShuffle<Integer> SHUFFLE =
                VectorShuffle.fromArray(I, ByteOrder.SIX_COLUMNS, 0);
    }
}
