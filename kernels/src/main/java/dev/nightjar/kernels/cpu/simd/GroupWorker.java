package dev.nightjar.kernels.cpu.simd;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One thread's part of a matmul with weights in groups: a slab times some rows of activations. One
 * row is multiplied while the weights are decoded; for more rows, each group is decoded into a
 * panel that stays in the core's cache while all tiles of activations pass over it.
 */
final class GroupWorker {

    /**
     * Up to so many rows of activations, decoding dominates: the panel stays in the first level.
     */
    private static final int FEW_ROWS = 24;

    private static final int FEW_COLS = 128;

    private float[] sums = new float[0];
    private final GroupScratch scratch = new GroupScratch();
    private final CodeWorker codes = new CodeWorker();

    /** Slab {@code slab} of the weight times row {@code i} of activations. */
    void dot(PackedWeight weight, int slab, PreparedRows x, int i) {
        int index = 0;
        PackedPart part = weight.parts().get(0);
        while (slab >= part.slabs().size()) {
            slab -= part.slabs().size();
            part = weight.parts().get(++index);
        }
        MemorySegment data = part.slabs().get(slab);
        int row = slab * part.slabGroups() * GroupLayout.ROWS;
        if (part.codes().isPresent()) {
            codes.dot(part, data, row, x, i);
        } else {
            dot(part, data, row, x.rows, i);
        }
    }

    private void dot(PackedPart part, MemorySegment data, int row, MatmulRows rows, int i) {
        GroupFormat format = part.format();
        long groupBytes = format.layout().bytes(rows.cols);
        for (long at = 0; at < data.byteSize(); at += 2 * groupBytes) {
            boolean two = at + groupBytes < data.byteSize();
            long second = two ? at + groupBytes : at;
            format.dot(data, at, second, rows.x, rows.xStart[i], rows.cols, scratch);
            int to = rows.outStart[i] + part.firstRow() + row;
            int count = Math.min((two ? 2 : 1) * GroupLayout.ROWS, part.rows() - row);
            System.arraycopy(scratch.sums, 0, rows.out, to, count);
            row += 2 * GroupLayout.ROWS;
        }
    }

    private static int used(PackedPart part, int row) {
        return Math.min(GroupLayout.ROWS, part.rows() - row);
    }

    /** Slab {@code slab} of the weight times rows {@code [first, end)}, which are in tiles. */
    void tiles(PackedWeight weight, int slab, PreparedRows x, int first, int end) {
        int index = 0;
        PackedPart part = weight.parts().get(0);
        while (slab >= part.slabs().size()) {
            slab -= part.slabs().size();
            part = weight.parts().get(++index);
        }
        MemorySegment data = part.slabs().get(slab);
        int row = slab * part.slabGroups() * GroupLayout.ROWS;
        if (part.codes().isPresent()) {
            codes.tiles(part, data, row, x, first, end);
        } else {
            RowTiles tiles = x.activations.tiles;
            tiles(part, data, row, x, tiles.tileAt(first), tiles.tileAt(end));
        }
    }

    private void tiles(
            PackedPart part, MemorySegment data, int row, PreparedRows x, int from, int to) {
        MatmulRows rows = x.rows;
        RowTiles tiles = x.activations.tiles;
        int numRows = tiles.rowsBefore(to) - tiles.before[from];
        if (sums.length < numRows * GroupLayout.ROWS) {
            sums = new float[numRows * GroupLayout.ROWS];
        }
        long groupBytes = part.format().layout().bytes(rows.cols);
        for (long at = 0; at < data.byteSize(); at += groupBytes, row += GroupLayout.ROWS) {
            Arrays.fill(sums, 0, numRows * GroupLayout.ROWS, 0);
            multiply(part.format(), data, at, rows.cols, x.activations, from, to);
            store(rows, tiles, from, to, part.firstRow() + row, used(part, row));
        }
    }

    private void multiply(
            GroupFormat format,
            MemorySegment data,
            long at,
            int cols,
            ActivationTiles x,
            int from,
            int to) {
        RowTiles tiles = x.tiles;
        int numRows = tiles.rowsBefore(to) - tiles.before[from];
        if (format instanceof FusedTiles fused && numRows <= fused.maxRows()) {
            for (int i = from; i < to; i++) {
                int sum = (tiles.before[i] - tiles.before[from]) * GroupLayout.ROWS;
                int start = x.start(i, 0);
                fused.tile(tiles.size[i], data, at, x.packed, start, cols, scratch, sums, sum);
            }
            return;
        }
        GroupLayout layout = format.layout();
        int few = numRows <= FEW_ROWS ? FEW_COLS : GroupScratch.PANEL_COLS;
        int chunk = Math.max(few, layout.blockElements());
        for (int k = 0; k < cols; k += chunk) {
            int count = Math.min(chunk, cols - k);
            format.unpack(data, at + layout.bytes(k), count, scratch);
            for (int i = from; i < to; i++) {
                GroupTiles.tile(
                        tiles.size[i],
                        scratch.panel,
                        count,
                        x.packed,
                        x.start(i, k),
                        sums,
                        (tiles.before[i] - tiles.before[from]) * GroupLayout.ROWS);
            }
        }
    }

    private void store(MatmulRows rows, RowTiles tiles, int from, int to, int column, int count) {
        for (int i = from; i < to; i++) {
            int at = (tiles.before[i] - tiles.before[from]) * GroupLayout.ROWS;
            for (int r = 0; r < tiles.used[i]; r++, at += GroupLayout.ROWS) {
                int to0 = rows.outStart[tiles.first[i] + r] + column;
                System.arraycopy(sums, at, rows.out, to0, count);
            }
        }
    }
}
