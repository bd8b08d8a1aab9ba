package dev.nightjar.kernels.cpu.simd.matmul;

import static dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts.CALL_ROWS;
import static dev.nightjar.kernels.cpu.simd.assembled.ReadAhead.HALF;
import static dev.nightjar.kernels.cpu.simd.assembled.ReadAhead.NONE;
import static dev.nightjar.kernels.cpu.simd.assembled.ReadAhead.WHOLE;

import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.assembled.NativeTiles;
import dev.nightjar.kernels.cpu.simd.assembled.ReadAhead;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One thread's part of a matmul with assembled functions: groups times tiles of activations. */
final class AssembledWorker {

    private static final int ROWS = GroupLayout.ROWS;

    /** What stays in the second-level cache while a slab's groups pass over it. */
    private static final long BLOCK_BYTES = 192 << 10;

    private final MemorySegment sums =
            Arena.ofAuto().allocate(AssembledProducts.SUM_BYTES, VectorShapes.BITS / 8);
    private final ProductStore store;

    /** What becomes of products is as this says during a call. */
    AssembledWorker(ProductEnd ending) {
        store = new ProductStore(sums, ending);
    }

    /** A slab times rows {@code [first, end)} of activations, which are whole tiles. */
    void multiply(Slab slab, PreparedRows prepared, int first, int end) {
        NativeTiles x = prepared.tilesOf(slab.part.assembled().get());
        int to = x.tiles.tileAt(end);
        int from = x.tiles.tileAt(first);
        if (to - from == 1 && x.tiles.size[from] == 1) {
            multiplyRow(slab, prepared.rows, x, from);
            return;
        }
        long needed = x.address(to) - x.address(from);
        int blocks = Math.clamp(Math.ceilDiv(needed, BLOCK_BYTES), 1, to - from);
        for (; from < to; blocks--) {
            int next = from + Math.ceilDiv(to - from, blocks);
            multiply(slab, prepared.rows, x, from, next);
            from = next;
        }
    }

    private void multiply(Slab slab, MatmulRows rows, NativeTiles x, int from, int to) {
        AssembledProducts products = slab.part.assembled().get();
        RowTiles tiles = x.tiles;
        long groupBytes = slab.groupBytes;
        int row = slab.row;
        for (long at = slab.start; at < slab.end; at += groupBytes, row += ROWS) {
            int column = slab.column(row);
            int count = slab.rows(row, ROWS);
            long group = slab.data.address() + at;
            long next = group + groupBytes;
            boolean isFirst = at == slab.start;
            boolean isLast = at + groupBytes == slab.end;
            for (int i = from, n; i < to; i += n) {
                ReadAhead ahead = ahead(i - from, to - from, isFirst, isLast);
                n = ahead == NONE ? Math.min(tiles.alike(i, to), CALL_ROWS / tiles.size[i]) : 1;
                long address = next;
                if (ahead == WHOLE && i == from) {
                    address = group + ReadAhead.DISTANCE;
                } else if (ahead == HALF && i > from) {
                    address += groupBytes / 2;
                }
                int size = tiles.size[i];
                products.multiply(
                        size, n, group, x.address(i), sums.address(), rows.cols, ahead, address);
                store.run(rows, tiles.first[i], n * size, column, count);
            }
        }
    }

    /**
     * A row meets many groups in a call: of a small matrix, one takes little longer than a call.
     */
    private void multiplyRow(Slab slab, MatmulRows rows, NativeTiles x, int tile) {
        AssembledProducts products = slab.part.assembled().get();
        int groups = (int) ((slab.end - slab.start) / slab.groupBytes);
        for (int g = 0; g < groups; g += CALL_ROWS) {
            int n = Math.min(CALL_ROWS, groups - g);
            long first = slab.data.address() + slab.start + g * slab.groupBytes;
            products.multiplyRow(n, first, x.address(tile), sums.address(), rows.cols);
            int row = slab.row + g * ROWS;
            int count = slab.rows(row, n * ROWS);
            store.runRow(rows, x.tiles.first[tile], slab.column(row), count);
        }
    }

    /**
     * A tile that is alone reads on just before itself, and so does the first one that meets the
     * first group of a slab. Otherwise the next group is waiting in the cache: the first two tiles
     * asked for half of it each, or the second one of the first group for all.
     */
    private static ReadAhead ahead(int tile, int tiles, boolean isFirst, boolean isLast) {
        if (tile == 0 && (tiles == 1 || isFirst)) {
            return WHOLE;
        }
        if (tile > 1 || isLast) {
            return NONE;
        }
        return isFirst ? WHOLE : HALF;
    }
}
