package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.MatrixWeight;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * out [T, rows] = x [T, cols] · weightᵀ. Threads take chunks of weight rows; a few rows at a time
 * are dequantized into a panel that stays in the core's cache while all tokens pass over it, so
 * weights are read once per call whatever T is.
 *
 * <p>A single token needs no panel: where the format has a {@link RowDot}, rows are decoded and
 * multiplied in registers, to the same bits.
 *
 * <p>A product sums one vector accumulator over the whole multiples of the lanes, reduces it in
 * fixed order, then adds the remaining columns one by one: the same for every tile shape, hence for
 * every T, chunking and number of threads.
 */
final class MatmulKernel implements PoolTask {

    private static final int TILE = 4;

    /** 256 KiB: a panel and a few rows of activations fit a second-level cache. */
    private static final int PANEL_FLOATS = 1 << 16;

    /** Keeps panel rows from falling into the same cache set when cols is a power of two. */
    private static final int ROW_GAP = 16;

    private static final int MAX_CHUNK_ROWS = 32;

    private final WorkerPool pool;
    private final Scratch[] scratch;

    private MatrixWeight weight;
    private Matrix x;
    private Matrix out;
    private float[] xData;
    private float[] outData;
    private int T;
    private int cols;
    private int whole;
    private int chunkRows;
    private int panelRows;

    /** What one worker needs; the panel grows on demand. */
    private static final class Scratch {

        private float[] panel = new float[0];
        private final float[] lanes = new float[TILE * TILE * VectorShapes.LANES];
        private final float[] sums = new float[TILE * TILE];
    }

    MatmulKernel(WorkerPool pool) {
        this.pool = pool;
        scratch = new Scratch[pool.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch();
        }
    }

    void run(MatrixWeight newWeight, Matrix newX, int newT, Matrix newOut) {
        weight = newWeight;
        x = newX;
        out = newOut;
        T = newT;
        xData = CpuMatrices.data(x, T);
        outData = CpuMatrices.data(out, T);
        cols = weight.cols();
        whole = VectorShapes.FLOATS.loopBound(cols);
        chunkRows = chunkRows(weight.rows());
        panelRows = T < TILE ? TILE : panelRows();
        if (T > 0) {
            pool.run(this, numChunks());
        }
    }

    /** Some eight chunks per thread, so that a thread that is held up delays the end little. */
    private int chunkRows(int rows) {
        int share = rows / (8 * pool.threads());
        return Math.clamp(share / TILE * TILE, TILE, MAX_CHUNK_ROWS);
    }

    private int panelRows() {
        int fitting = PANEL_FLOATS / (cols + ROW_GAP);
        return Math.clamp(fitting / TILE * TILE, TILE, MAX_CHUNK_ROWS);
    }

    private int numChunks() {
        int chunks = 0;
        for (int i = 0; i < weight.parts().size(); i++) {
            chunks += Math.ceilDiv(weight.parts().get(i).rows(), chunkRows);
        }
        return chunks;
    }

    @Override
    public void run(int worker, int chunk) {
        int index = 0;
        int first = chunk * chunkRows;
        MatrixWeight.Part part = weight.parts().get(0);
        while (first >= part.rows()) {
            first -= Math.ceilDiv(part.rows(), chunkRows) * chunkRows;
            part = weight.parts().get(++index);
        }
        int end = Math.min(first + chunkRows, part.rows());
        Optional<RowDot> dot = RowDots.of(part.tensor().dtype());
        if (T == 1 && whole == cols && dot.isPresent()) {
            singleToken(scratch[worker], dot.get(), part, first, end);
            return;
        }
        for (int row = first; row < end; row += panelRows) {
            panel(scratch[worker], part, row, Math.min(panelRows, end - row));
        }
    }

    /** Rows {@code [first, end)} of a part times the only token, without a panel. */
    private void singleToken(Scratch mine, RowDot dot, MatrixWeight.Part part, int first, int end) {
        MemorySegment data = part.tensor().data();
        long rowBytes = part.tensor().rowBytes();
        int xStart = CpuMatrices.rowStart(x, 0);
        int outStart = CpuMatrices.rowStart(out, 0) + part.firstRow();
        for (int row = first; row < end; row += mine.sums.length) {
            int rows = Math.min(mine.sums.length, end - row);
            for (int r = 0; r < rows; r++) {
                int lanes = r * VectorShapes.LANES;
                dot.dot(data, (row + r) * rowBytes, xData, xStart, cols, mine.lanes, lanes);
            }
            LaneSums.reduce(mine.lanes, rows, outData, outStart + row);
        }
    }

    /** All tokens times {@code rows} rows of a part. */
    private void panel(Scratch mine, MatrixWeight.Part part, int firstRow, int rows) {
        int stride = cols + ROW_GAP;
        if (mine.panel.length < rows * stride) {
            mine.panel = new float[panelRows * stride];
        }
        RowDecoder decoder = RowDecoders.of(part.tensor().dtype());
        MemorySegment data = part.tensor().data();
        long rowBytes = part.tensor().rowBytes();
        for (int r = 0; r < rows; r++) {
            decoder.decode(data, (firstRow + r) * rowBytes, mine.panel, r * stride, cols);
        }
        int outColumn = part.firstRow() + firstRow;
        for (int t = 0; t < T; t += TILE) {
            for (int r = 0; r < rows; r += TILE) {
                int numRows = Math.min(TILE, rows - r);
                tile(mine, r, numRows, t, Math.min(TILE, T - t), outColumn + r);
            }
        }
    }

    /** Up to four rows times up to four tokens. */
    private void tile(Scratch mine, int row, int numRows, int t, int numTokens, int outColumn) {
        float[] w = mine.panel;
        int wStride = cols + ROW_GAP;
        int wStart = row * wStride;
        int xStart = CpuMatrices.rowStart(x, t);
        int xStride = x.rowStride();
        if (numRows == TILE && numTokens == TILE) {
            DotTiles.dot4x4(w, wStart, wStride, xData, xStart, xStride, whole, mine.lanes);
            store(mine, row, TILE, t, TILE, outColumn);
        } else if (numRows == TILE) {
            for (int i = 0; i < numTokens; i++) {
                int token = xStart + i * xStride;
                DotTiles.dot4x1(w, wStart, wStride, xData, token, xStride, whole, mine.lanes);
                store(mine, row, TILE, t + i, 1, outColumn);
            }
        } else if (numTokens == TILE) {
            for (int r = 0; r < numRows; r++) {
                int start = wStart + r * wStride;
                DotTiles.dot1x4(w, start, wStride, xData, xStart, xStride, whole, mine.lanes);
                store(mine, row + r, 1, t, TILE, outColumn + r);
            }
        } else {
            corner(mine, row, numRows, t, numTokens, outColumn);
        }
    }

    private void corner(Scratch mine, int row, int numRows, int t, int numTokens, int outColumn) {
        int wStride = cols + ROW_GAP;
        for (int r = 0; r < numRows; r++) {
            for (int i = 0; i < numTokens; i++) {
                int start = (row + r) * wStride;
                int token = CpuMatrices.rowStart(x, t + i);
                DotTiles.dot1x1(mine.panel, start, wStride, xData, token, 0, whole, mine.lanes);
                store(mine, row + r, 1, t + i, 1, outColumn + r);
            }
        }
    }

    /** Reduces the accumulators of a tile, adds the columns behind the last whole vector. */
    private void store(Scratch mine, int row, int numRows, int t, int numTokens, int outColumn) {
        LaneSums.reduce(mine.lanes, numRows * numTokens, mine.sums, 0);
        for (int r = 0; r < numRows; r++) {
            int wStart = (row + r) * (cols + ROW_GAP);
            for (int i = 0; i < numTokens; i++) {
                float sum = mine.sums[r * numTokens + i];
                int xStart = CpuMatrices.rowStart(x, t + i);
                for (int k = whole; k < cols; k++) {
                    sum = Math.fma(mine.panel[wStart + k], xData[xStart + k], sum);
                }
                outData[CpuMatrices.rowStart(out, t + i) + outColumn + r] = sum;
            }
        }
    }
}
