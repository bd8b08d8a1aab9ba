package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.group.FusedTiles;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupScratch;
import dev.nightjar.kernels.cpu.simd.group.GroupTiles;
import dev.nightjar.kernels.cpu.simd.group.Q8_0Words;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.pack.PackedPart;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One thread's part of a matmul with weights in groups: a slab times some rows of activations. One
 * row is multiplied while the weights are decoded; for more rows, each group is decoded into a
 * panel that stays in the core's cache while all tiles of activations pass over it.
 */
public final class GroupWorker {

    /**
     * Up to so many rows of activations, decoding dominates: the panel stays in the first level.
     */
    private static final int FEW_ROWS = 24;

    private static final int FEW_COLS = 128;

    /** Rows of the largest tile, in a panel or fused. */
    private static final int LARGEST = Math.max(Q8_0Words.LARGEST, GroupTiles.MAX);

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    /** What the sums of a row begin with. */
    private static final float[] ZEROS = new float[GroupLayout.ROWS];

    /** Sums of all tiles, where a group has several panels. */
    private float[] sums = new float[0];

    /** Sums of a tile. */
    private final float[] tile = new float[LARGEST * GroupLayout.ROWS];

    private final Slab slab = new Slab();
    private final GroupScratch scratch = new GroupScratch();
    private final CodeWorker codes = new CodeWorker();
    private final AssembledWorker assembled;
    private final ProductEnd ending;
    private final float[] strip = new float[ProductEnd.STRIP];

    /** What becomes of products is as this says during a call. */
    GroupWorker(ProductEnd ending) {
        this.ending = ending;
        assembled = new AssembledWorker(ending);
    }

    /** Slabs {@code [from, to)} of the weight times row {@code i} of activations. */
    void dot(PackedWeight weight, int from, int to, PreparedRows x, int i) {
        for (int next = from; next < to; ) {
            next = slab.moveTo(weight, next, to);
            dot(x, i);
        }
    }

    private void dot(PreparedRows x, int i) {
        PackedPart part = slab.part;
        if (part.dotsAssembled()) {
            assembled.multiply(slab, x, i, i + 1);
            return;
        }
        if (part.codes().isPresent()) {
            codes.dot(slab, x, i, i + 1);
        } else {
            GroupFormat format = slab.format();
            dot(format, x.rowsOf(format), i, i + 1);
        }
        end(x.rows, i, i + 1);
    }

    private void end(MatmulRows rows, int first, int end) {
        int count = slab.rows(slab.row, slab.part.slabGroups() * GroupLayout.ROWS);
        int column = slab.column(slab.row);
        ending.run(strip, rows, first, end, column, column + count);
    }

    private void dot(GroupFormat format, MatmulRows rows, int from, int end) {
        int row = slab.row;
        for (long at = slab.start; at < slab.end; at += 2 * slab.groupBytes) {
            boolean two = at + slab.groupBytes < slab.end;
            long second = two ? at + slab.groupBytes : at;
            int count = slab.rows(row, (two ? 2 : 1) * GroupLayout.ROWS);
            for (int i = from; i < end; i++) {
                format.dot(slab.data, at, second, rows.x, rows.xStart[i], rows.cols, scratch);
                int to = rows.outStart[i] + slab.column(row);
                System.arraycopy(scratch.sums, 0, rows.out, to, count);
            }
            row += 2 * GroupLayout.ROWS;
        }
    }

    /** Slab {@code index} of the weight times rows {@code [first, end)}, which are in tiles. */
    void tiles(PackedWeight weight, int index, PreparedRows x, int first, int end) {
        slab.moveTo(weight, index);
        PackedPart part = slab.part;
        if (part.assembled().isPresent()) {
            assembled.multiply(slab, x, first, end);
            return;
        }
        GroupFormat format = slab.format();
        if (part.codes().isPresent()) {
            codes.tiles(slab, x, first, end);
        } else if (end - first <= format.maxAlone()) {
            dot(format, x.rowsOf(format), first, end);
        } else {
            RowTiles tiles = x.tilesOf(format).tiles;
            tiles(format, x, tiles.tileAt(first), tiles.tileAt(end));
        }
        end(x.rows, first, end);
    }

    private void tiles(GroupFormat format, PreparedRows x, int from, int to) {
        RowTiles tiles = x.tilesOf(format).tiles;
        int numRows = tiles.rowsBefore(to) - tiles.before[from];
        boolean fused = format instanceof FusedTiles some && numRows <= some.maxRows();
        int panelCols = fused ? x.rows.cols : panelCols(format, numRows);
        if (x.rows.cols > panelCols && sums.length < numRows * GroupLayout.ROWS) {
            sums = new float[numRows * GroupLayout.ROWS];
        }
        MemorySegment data = slab.data;
        int row = slab.row;
        for (long at = slab.start; at < slab.end; at += slab.groupBytes, row += GroupLayout.ROWS) {
            int column = slab.column(row);
            int count = slab.rows(row, GroupLayout.ROWS);
            if (fused) {
                fused((FusedTiles) format, data, at, x, from, to, column, count);
            } else if (x.rows.cols <= panelCols) {
                whole(format, data, at, x, from, to, column, count);
            } else {
                inPanels(format, data, at, panelCols, x, from, to, column, count);
            }
        }
    }

    /** Columns of a panel. */
    private static int panelCols(GroupFormat format, int numRows) {
        if (format.isPanel()) {
            return GroupScratch.MOST_COLS;
        }
        int cols = numRows <= FEW_ROWS ? FEW_COLS : GroupScratch.PANEL_COLS;
        return Math.max(cols, format.layout().blockElements());
    }

    /** A group that is decoded while it is multiplied. */
    private void fused(
            FusedTiles format,
            MemorySegment data,
            long at,
            PreparedRows x,
            int from,
            int to,
            int column,
            int count) {
        ActivationTiles activations = x.tilesOf((GroupFormat) format);
        RowTiles tiles = activations.tiles;
        float[] packed = activations.packed;
        for (int i = from; i < to; i++) {
            Arrays.fill(tile, 0);
            int start = activations.start(i, 0);
            format.tile(tiles.size[i], data, at, packed, start, x.rows.cols, scratch, tile, 0);
            store(x.rows, tiles, i, tile, 0, column, count);
        }
    }

    /** A group that is one panel: the sums of a tile go from the registers to their place. */
    private void whole(
            GroupFormat format,
            MemorySegment data,
            long at,
            PreparedRows x,
            int from,
            int to,
            int column,
            int count) {
        ActivationTiles activations = x.tilesOf(format);
        RowTiles tiles = activations.tiles;
        float[] packed = activations.packed;
        int cols = x.rows.cols;
        MemorySegment panel = format.isPanel() ? data : scratch.panel;
        long start = format.isPanel() ? at : 0;
        if (!format.isPanel()) {
            format.unpack(data, at, cols, scratch);
        }
        for (int i = from, n; i < to; i += n) {
            n = tiles.alike(i, to);
            int first = tiles.first[i];
            int size = tiles.size[i];
            int begin = activations.start(i, 0);
            int step = tiles.used[i] == size ? x.rows.outStep(first, n * size) : 0;
            if (step != 0 && count == GroupLayout.ROWS) {
                float[] out = x.rows.out;
                int target = x.rows.outStart[first] + column;
                GroupTiles.tiles(
                        size,
                        n,
                        panel,
                        start,
                        cols,
                        packed,
                        begin,
                        size * cols,
                        ZEROS,
                        0,
                        0,
                        out,
                        target,
                        step);
            } else {
                n = 1;
                GroupTiles.tiles(
                        size,
                        n,
                        panel,
                        start,
                        cols,
                        packed,
                        begin,
                        0,
                        ZEROS,
                        0,
                        0,
                        tile,
                        0,
                        GroupLayout.ROWS);
                store(x.rows, tiles, i, tile, 0, column, count);
            }
        }
    }

    /** A group of several panels: the sums of all tiles wait for the last one. */
    private void inPanels(
            GroupFormat format,
            MemorySegment data,
            long at,
            int panelCols,
            PreparedRows x,
            int from,
            int to,
            int column,
            int count) {
        ActivationTiles activations = x.tilesOf(format);
        RowTiles tiles = activations.tiles;
        int cols = x.rows.cols;
        int before = tiles.before[from];
        Arrays.fill(sums, 0, (tiles.rowsBefore(to) - before) * GroupLayout.ROWS, 0);
        MemorySegment panel = format.isPanel() ? data : scratch.panel;
        for (int k = 0; k < cols; k += panelCols) {
            int n = Math.min(panelCols, cols - k);
            long start = format.isPanel() ? at + format.layout().bytes(k) : 0;
            if (!format.isPanel()) {
                format.unpack(data, at + format.layout().bytes(k), n, scratch);
            }
            for (int i = from, alike; i < to; i += alike) {
                alike = tiles.alike(i, to);
                int size = tiles.size[i];
                int sum = (tiles.before[i] - before) * GroupLayout.ROWS;
                int begin = activations.start(i, k);
                GroupTiles.tiles(
                        size,
                        alike,
                        panel,
                        start,
                        n,
                        activations.packed,
                        begin,
                        size * cols,
                        sums,
                        sum,
                        GroupLayout.ROWS,
                        sums,
                        sum,
                        GroupLayout.ROWS);
            }
        }
        for (int i = from; i < to; i++) {
            int sum = (tiles.before[i] - before) * GroupLayout.ROWS;
            store(x.rows, tiles, i, sums, sum, column, count);
        }
    }

    /** Copies the sums of a tile to their rows. */
    private static void store(
            MatmulRows rows, RowTiles tiles, int i, float[] sums, int at, int column, int count) {
        int first = tiles.first[i];
        for (int r = 0; r < tiles.used[i]; r++, at += GroupLayout.ROWS) {
            int target = rows.outStart[first + r] + column;
            if (count == GroupLayout.ROWS) {
                FloatVector.fromArray(F, sums, at).intoArray(rows.out, target);
                FloatVector.fromArray(F, sums, at + L).intoArray(rows.out, target + L);
            } else {
                System.arraycopy(sums, at, rows.out, target, count);
            }
        }
    }
}
