package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoder;
import dev.nightjar.kernels.cpu.simd.decode.RowDecoders;
import dev.nightjar.kernels.cpu.simd.dot.DotTiles;
import dev.nightjar.kernels.cpu.simd.dot.RowDot;
import dev.nightjar.kernels.cpu.simd.dot.RowDots;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * One thread's part of a matmul: a chunk of weight rows times some rows of activations. A few
 * weight rows at a time are dequantized into a panel that stays in the core's cache while all
 * activations pass over it.
 *
 * <p>Up to three rows of activations need no panel: where the format has a {@link RowDot}, weights
 * are decoded and multiplied in registers, to the same bits.
 *
 * <p>A product sums one vector accumulator over the whole multiples of the lanes, reduces it in
 * fixed order, then adds the remaining columns one by one: the same for every tile shape, hence for
 * every number and order of rows, chunking and number of threads.
 */
public final class MatmulWorker {

    static final int TILE = 4;
    static final int MAX_CHUNK_ROWS = 32;

    /** 256 KiB: a panel and a few rows of activations fit a second-level cache. */
    private static final int PANEL_FLOATS = 1 << 16;

    /** Keeps panel rows from falling into the same cache set when cols is a power of two. */
    private static final int ROW_GAP = 16;

    /** Up to so many rows of activations, decoding for each of them costs less than a panel. */
    private static final int MAX_DIRECT = 3;

    private float[] panel = new float[0];
    private final float[] lanes = new float[TILE * TILE * VectorShapes.LANES];
    private final float[] sums = new float[TILE * TILE];

    private MatmulRows rows;
    private int from;
    private int to;

    /** Chunks of a weight whose parts are cut every {@code chunkRows} rows. */
    static int numChunks(MatrixWeight weight, int chunkRows) {
        int chunks = 0;
        for (int i = 0; i < weight.parts().size(); i++) {
            chunks += Math.ceilDiv(weight.parts().get(i).rows(), chunkRows);
        }
        return chunks;
    }

    /** Chunk {@code chunk} of the weight times rows {@code [newFrom, newTo)} of activations. */
    void run(
            MatrixWeight weight,
            int chunkRows,
            int chunk,
            MatmulRows newRows,
            int newFrom,
            int newTo) {
        rows = newRows;
        from = newFrom;
        to = newTo;
        int index = 0;
        int first = chunk * chunkRows;
        MatrixWeight.Part part = weight.parts().get(0);
        while (first >= part.rows()) {
            first -= Math.ceilDiv(part.rows(), chunkRows) * chunkRows;
            part = weight.parts().get(++index);
        }
        multiply(part, first, Math.min(first + chunkRows, part.rows()));
    }

    private void multiply(MatrixWeight.Part part, int first, int end) {
        Optional<RowDot> dot = RowDots.of(part.tensor().dtype());
        if (to - from <= MAX_DIRECT && rows.whole == rows.cols && dot.isPresent()) {
            for (int i = from; i < to; i++) {
                direct(dot.get(), part, first, end, i);
            }
            return;
        }
        int panelRows = to - from < TILE ? TILE : panelRows();
        if (panel.length < panelRows * (rows.cols + ROW_GAP)) {
            panel = new float[panelRows * (rows.cols + ROW_GAP)];
        }
        for (int row = first; row < end; row += panelRows) {
            panel(part, row, Math.min(panelRows, end - row));
        }
    }

    private int panelRows() {
        int fitting = PANEL_FLOATS / (rows.cols + ROW_GAP);
        return Math.clamp(fitting / TILE * TILE, TILE, MAX_CHUNK_ROWS);
    }

    /** Weight rows {@code [first, end)} times row {@code i} of activations, without a panel. */
    private void direct(RowDot dot, MatrixWeight.Part part, int first, int end, int i) {
        MemorySegment data = part.tensor().data();
        long rowBytes = part.tensor().rowBytes();
        int outStart = rows.outStart[i] + part.firstRow();
        for (int row = first; row < end; row += sums.length) {
            int count = Math.min(sums.length, end - row);
            for (int r = 0; r < count; r++) {
                int at = r * VectorShapes.LANES;
                dot.dot(data, (row + r) * rowBytes, rows.x, rows.xStart[i], rows.cols, lanes, at);
            }
            LaneSums.reduce(lanes, count, rows.out, outStart + row);
        }
    }

    /** All activations times {@code count} weight rows. */
    private void panel(MatrixWeight.Part part, int firstRow, int count) {
        int stride = rows.cols + ROW_GAP;
        RowDecoder decoder = RowDecoders.of(part.tensor().dtype());
        MemorySegment data = part.tensor().data();
        long rowBytes = part.tensor().rowBytes();
        for (int r = 0; r < count; r++) {
            decoder.decode(data, (firstRow + r) * rowBytes, panel, r * stride, rows.cols);
        }
        int outColumn = part.firstRow() + firstRow;
        for (int i = from; i < to; i += TILE) {
            for (int r = 0; r < count; r += TILE) {
                tile(r, Math.min(TILE, count - r), i, Math.min(TILE, to - i), outColumn + r);
            }
        }
    }

    /** Up to four weight rows times up to four rows of activations. */
    private void tile(int row, int numRows, int i, int count, int outColumn) {
        int stride = rows.cols + ROW_GAP;
        int w = row * stride;
        int[] x = rows.xStart;
        if (numRows == TILE && count == TILE) {
            DotTiles.dot4x4(
                    panel,
                    w,
                    stride,
                    rows.x,
                    x[i],
                    x[i + 1],
                    x[i + 2],
                    x[i + 3],
                    rows.whole,
                    lanes);
            store(row, TILE, i, TILE, outColumn);
        } else if (numRows == TILE) {
            for (int j = i; j < i + count; j++) {
                DotTiles.dot4x1(panel, w, stride, rows.x, x[j], rows.whole, lanes);
                store(row, TILE, j, 1, outColumn);
            }
        } else if (count == TILE) {
            for (int r = 0; r < numRows; r++, w += stride) {
                DotTiles.dot1x4(
                        panel, w, rows.x, x[i], x[i + 1], x[i + 2], x[i + 3], rows.whole, lanes);
                store(row + r, 1, i, TILE, outColumn + r);
            }
        } else {
            corner(row, numRows, i, count, outColumn);
        }
    }

    private void corner(int row, int numRows, int i, int count, int outColumn) {
        for (int r = 0; r < numRows; r++) {
            int w = (row + r) * (rows.cols + ROW_GAP);
            for (int j = i; j < i + count; j++) {
                DotTiles.dot1x1(panel, w, rows.x, rows.xStart[j], rows.whole, lanes);
                store(row + r, 1, j, 1, outColumn + r);
            }
        }
    }

    /** Reduces the accumulators of a tile, adds the columns behind the last whole vector. */
    private void store(int row, int numRows, int i, int count, int outColumn) {
        LaneSums.reduce(lanes, numRows * count, sums, 0);
        for (int r = 0; r < numRows; r++) {
            int w = (row + r) * (rows.cols + ROW_GAP);
            for (int j = 0; j < count; j++) {
                float sum = sums[r * count + j];
                int x = rows.xStart[i + j];
                for (int k = rows.whole; k < rows.cols; k++) {
                    sum = Math.fma(panel[w + k], rows.x[x + k], sum);
                }
                rows.out[rows.outStart[i + j] + outColumn + r] = sum;
            }
        }
    }
}
