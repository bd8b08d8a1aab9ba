package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.CodeScratch;
import dev.nightjar.kernels.cpu.simd.code.CodeTiles;
import dev.nightjar.kernels.cpu.simd.code.NibbleFormat;
import dev.nightjar.kernels.cpu.simd.code.QuantizedTiles;
import dev.nightjar.kernels.cpu.simd.code.QuantizedTiles.Form;
import dev.nightjar.kernels.cpu.simd.code.WholeFormat;
import dev.nightjar.kernels.cpu.simd.code.WholeTiles;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.layout.RowTiles;
import dev.nightjar.kernels.cpu.simd.pack.PackedPart;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** One thread's part of a matmul with integer codes: a slab times some rows of activations. */
public final class CodeWorker {

    private float[] sums = new float[0];
    private final CodeScratch scratch = new CodeScratch();

    /** A slab times rows {@code [first, end)} of activations, one by one. */
    void dot(Slab slab, PreparedRows x, int first, int end) {
        CodeFormat codes = slab.part.codes().get();
        MatmulRows rows = x.rows;
        int row = slab.row;
        for (long at = slab.start; at < slab.end; at += slab.groupBytes, row += GroupLayout.ROWS) {
            int count = slab.rows(row, GroupLayout.ROWS);
            int together = codes.maxTogether();
            for (int i = first; i < end; i += together) {
                together = Math.min(together, end - i);
                codes.dot(slab.data, at, x.quantized, i, together, rows.cols, scratch);
                for (int t = 0; t < together; t++) {
                    int to = rows.outStart[i + t] + slab.column(row);
                    int from = t * GroupLayout.ROWS;
                    System.arraycopy(scratch.products, from, rows.out, to, count);
                }
            }
        }
    }

    /** A slab times rows {@code [first, end)} of activations, which are in tiles unless few. */
    void tiles(Slab slab, PreparedRows x, int first, int end) {
        PackedPart part = slab.part;
        if (end - first <= part.codes().get().maxAlone()) {
            dot(slab, x, first, end);
            return;
        }
        QuantizedTiles quantized = x.tilesOf(part.codes().get());
        RowTiles tiles = quantized.tiles;
        int from = tiles.tileAt(first);
        int to = tiles.tileAt(end);
        int groups = quantized.form == Form.TWICE ? 2 : 1;
        int width = groups * GroupLayout.ROWS;
        int needed = (tiles.rowsBefore(to) - tiles.before[from]) * width;
        if (sums.length < needed) {
            sums = new float[needed];
        }
        MemorySegment data = slab.data;
        long groupBytes = slab.groupBytes;
        int row = slab.row;
        for (long at = slab.start; at < slab.end; at += groups * groupBytes, row += width) {
            Arrays.fill(sums, 0, needed, 0);
            int present = width;
            if (groups == 1) {
                group(part, data, at, x, from, to);
            } else if (at + groupBytes < slab.end) {
                groups(part, data, at, at + groupBytes, x, from, to);
            } else {
                groups(part, data, at, at, x, from, to);
                present = GroupLayout.ROWS;
            }
            int count = slab.rows(row, present);
            store(sums, tiles, x.rows, from, to, slab.column(row), count, width);
        }
    }

    private void group(
            PackedPart part, MemorySegment data, long at, PreparedRows x, int from, int to) {
        switch (part.codes().get()) {
            case NibbleFormat codes -> paired(codes, data, at, x, from, to);
            case WholeFormat codes -> wholes(part, codes, data, at, x, from, to);
        }
    }

    private void paired(
            NibbleFormat codes, MemorySegment data, long at, PreparedRows x, int from, int to) {
        QuantizedTiles quantized = x.pairedTiles;
        RowTiles tiles = quantized.tiles;
        for (int i = from; i < to; i++) {
            int sum = (tiles.before[i] - tiles.before[from]) * GroupLayout.ROWS;
            codes.tile(data, at, x.rows.cols, quantized, i, scratch, sums, sum);
        }
    }

    private void wholes(
            PackedPart part,
            WholeFormat codes,
            MemorySegment data,
            long at,
            PreparedRows x,
            int from,
            int to) {
        QuantizedTiles quantized = x.wholeTiles;
        RowTiles tiles = quantized.tiles;
        int cols = x.rows.cols;
        for (int k = 0; k < cols; k += CodeScratch.WHOLE_COLS) {
            int count = Math.min(CodeScratch.WHOLE_COLS, cols - k);
            codes.unpack(data, at + part.groupBytes(k), count, scratch);
            for (int i = from; i < to; i++) {
                int sum = (tiles.before[i] - tiles.before[from]) * GroupLayout.ROWS;
                WholeTiles.tile(scratch, count, quantized, i, k, sums, sum);
            }
        }
    }

    private void groups(
            PackedPart part,
            MemorySegment data,
            long first,
            long second,
            PreparedRows x,
            int from,
            int to) {
        NibbleFormat codes = (NibbleFormat) part.codes().get();
        QuantizedTiles quantized = x.panelTiles;
        RowTiles tiles = quantized.tiles;
        int cols = x.rows.cols;
        for (int k = 0; k < cols; k += CodeScratch.COLS) {
            int count = Math.min(CodeScratch.COLS, cols - k);
            long skip = part.groupBytes(k);
            codes.unpack(data, first + skip, second + skip, count, scratch);
            for (int i = from; i < to; i++) {
                int sum = (tiles.before[i] - tiles.before[from]) * CodeScratch.ROWS;
                CodeTiles.tile(scratch, count, quantized, i, k, codes.hasMinima(), sums, sum);
            }
        }
    }

    private static void store(
            float[] sums,
            RowTiles tiles,
            MatmulRows rows,
            int from,
            int to,
            int column,
            int count,
            int width) {
        for (int i = from; i < to; i++) {
            int at = (tiles.before[i] - tiles.before[from]) * width;
            for (int r = 0; r < tiles.used[i]; r++, at += width) {
                int target = rows.outStart[tiles.first[i] + r] + column;
                System.arraycopy(sums, at, rows.out, target, count);
            }
        }
    }
}
