package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.cpu.simd.element.SoftCapKernel;
import dev.nightjar.kernels.cpu.simd.kv.KvFormat;
import dev.nightjar.kernels.cpu.simd.kv.KvSlice;
import dev.nightjar.kernels.cpu.simd.kv.PanelTiles;
import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The rows of one KV head of a unit against one span of tokens. Row {@code r} is query {@code r /
 * G}, query head {@code r % G} of the group, so positions rise with rows.
 *
 * <p>What is computed for a row does not depend on the other rows: its scores and sums are chains
 * of their own, tokens enter in order of position, and those outside its own window never enter,
 * whatever lies there. Columns of scores are tokens relative to the span.
 *
 * <p>Scratch memory of one worker, grown on demand.
 */
public final class AttentionSpan {

    private static final int L = VectorShapes.LANES;
    private static final int SPAN = AttentionPlan.SPAN;
    private static final double LOG2_E = 1 / Math.log(2);

    /**
     * Scores of a row, with room behind them for a vector; no power of two, to spread over cache.
     */
    private static final int STRIDE = SPAN + 2 * L;

    /** About this many floats of keys or values are decoded at a time, half of a cache. */
    private static final int PANEL_FLOATS = 1 << 15;

    /** Panels hold multiples of what score tiles take. */
    private static final int PANEL_STEP = 32;

    private static final boolean LARGE_TILES = L == 16;

    private final KvSlice slice = new KvSlice();
    private final SpanBlocks blocks = new SpanBlocks(slice);
    private MemorySegment panel = MemorySegment.NULL;
    private float[] scores = new float[0];
    private float[] lanes = new float[0];

    private AttentionCall call;
    private AttentionUnit unit;
    private KvFormat format;
    private AttentionSpec spec;
    private float[] queries;
    private int queryStart;
    private int kvHead;
    private int rows;
    private int valueStride;

    /** Position of column 0. */
    private int spanStart;

    /** Columns that some row sees. */
    private int begin;

    private int end;

    /** Rows that see anything of the span. */
    private int firstRow;

    private int endRow;

    private SpanResults results;
    private int resultRow;

    /** Prepares for the heads and spans of a unit. */
    void start(AttentionCall newCall, AttentionUnit newUnit) {
        call = newCall;
        unit = newUnit;
        spec = call.spec;
        format = call.format;
        rows = unit.numQueries * spec.groupSize();
        valueStride = VectorShapes.padded(spec.valueDim());
        int padded = AttentionTile.paddedRows(rows);
        if (scores.length < padded * STRIDE) {
            scores = new float[padded * STRIDE];
            lanes = new float[padded * L];
        }
        if (!unit.isDirect) {
            int keys = (keyColumns() + L) * spec.headDim();
            reservePanel(4L * (Math.max(keys, valueRows() * valueStride) + L));
        }
    }

    private void reservePanel(long bytes) {
        if (panel.byteSize() < bytes) {
            panel = Arena.ofAuto().allocate(bytes, 64);
        }
    }

    private int keyColumns() {
        return panelTokens(spec.headDim());
    }

    private int valueRows() {
        return panelTokens(valueStride);
    }

    private static int panelTokens(int dim) {
        int tokens = PANEL_FLOATS / dim / PANEL_STEP * PANEL_STEP;
        return Math.clamp(tokens, PANEL_STEP, SPAN);
    }

    /** Chooses the span; {@link #firstRow()} and {@link #endRow()} are valid afterwards. */
    void moveTo(int span) {
        spanStart = span * SPAN;
        blocks.moveTo(call, unit, spanStart);
        begin = Math.max(0, spec.firstVisible(unit.position) - spanStart);
        end = Math.min(SPAN, unit.position + unit.numQueries - spanStart);
        int group = spec.groupSize();
        firstRow = Math.max(0, spanStart - unit.position) * group;
        long seeing = (long) spanStart + SPAN + spec.window() - 1 - unit.position;
        endRow = spec.window() == 0 ? rows : (int) Math.min(rows, seeing * group);
    }

    /** First row that sees the span. */
    int firstRow() {
        return firstRow;
    }

    /** Behind the last row that sees the span. */
    int endRow() {
        return endRow;
    }

    /** First column of the span that some row sees. */
    int begin() {
        return begin;
    }

    /** Behind the last column that some row sees. */
    int end() {
        return end;
    }

    /** The first column that a row sees. */
    private int from(int row) {
        int position = unit.position + row / spec.groupSize();
        return Math.max(0, spec.firstVisible(position) - spanStart);
    }

    /** The column behind the last one that a row sees. */
    private int to(int row) {
        return Math.min(SPAN, unit.position + row / spec.groupSize() - spanStart + 1);
    }

    /**
     * Attends to the span.
     *
     * @param newQueries rows of {@code headDim} from {@code newQueryStart} on, padded
     * @param newResults receives the results from row {@code newResultRow} on
     */
    void attend(
            int newKvHead,
            float[] newQueries,
            int newQueryStart,
            SpanResults newResults,
            int newResultRow) {
        kvHead = newKvHead;
        queries = newQueries;
        queryStart = newQueryStart;
        results = newResults;
        resultRow = newResultRow;
        if (unit.isDirect) {
            scoreDirect();
        } else {
            scorePanels();
        }
        weigh();
        int padded = AttentionTile.paddedRows(rows);
        int start = resultRow * valueStride;
        Arrays.fill(results.values, start, start + padded * valueStride, 0f);
        if (unit.isDirect) {
            addDirect();
        } else {
            addPanels();
        }
    }

    private void scoreDirect() {
        for (int column = begin, next; column < end; column = next) {
            next = blocks.next(column, end);
            MemorySegment data = blocks.keys(column, kvHead);
            scoreRows(format, data, column, next);
        }
    }

    /** Four rows at a time, the rest of them padded, unless there is one only. */
    private void scoreRows(KvFormat kernel, MemorySegment data, int from, int to) {
        int dim = spec.headDim();
        if (rows == 1) {
            kernel.scoreOne(data, slice, to - from, queries, queryStart, scores, from);
            return;
        }
        for (int r = 0; r < rows; r += 4) {
            int q = queryStart + r * dim;
            int s = r * STRIDE + from;
            kernel.scoreFour(data, slice, to - from, queries, q, scores, s, STRIDE);
        }
    }

    private void scorePanels() {
        int columns = keyColumns();
        // what is decoded behind a row must not reach the next one
        int stride = columns + L;
        for (int start = begin / columns * columns; start < end; start += columns) {
            int to = Math.min(end, start + columns);
            for (int column = Math.max(begin, start), next; column < to; column = next) {
                next = blocks.next(column, to);
                MemorySegment data = blocks.keys(column, kvHead);
                int at = column - start;
                format.unpackKeys(data, slice, next - column, panel, at, stride);
            }
            slice.start = 0;
            slice.stride = stride;
            scorePanel(start, to);
        }
    }

    /** Only what some row of a tile sees. */
    private void scorePanel(int start, int end) {
        int dim = spec.headDim();
        int r = firstRow;
        for (; LARGE_TILES && r <= endRow - PanelTiles.SCORE_ROWS; r += PanelTiles.SCORE_ROWS) {
            int to = Math.min(end, to(r + PanelTiles.SCORE_ROWS - 1));
            int t = Math.max(0, (from(r) - start) / (2 * L) * (2 * L));
            for (; t < to - start; t += 2 * L) {
                int s = r * STRIDE + start + t;
                int q = queryStart + r * dim;
                PanelTiles.score12x2(panel, slice, t, queries, q, scores, s, STRIDE);
            }
        }
        for (; r < endRow; r += 4) {
            int to = Math.min(end, to(Math.min(r + 3, endRow - 1)));
            int from = Math.max(start, from(r));
            if (from < to) {
                slice.token = from - start;
                int s = r * STRIDE + from;
                int q = queryStart + r * dim;
                KvFormat.F32.scoreFour(panel, slice, to - from, queries, q, scores, s, STRIDE);
            }
        }
    }

    private void weigh() {
        boolean hasLost = call.store.hasLost(call.layer);
        for (int r = firstRow; r < endRow; r++) {
            int from = from(r);
            int to = to(r);
            int first = from / L * L;
            int count = VectorShapes.padded(to - first);
            int start = r * STRIDE + first;
            applyRules(r, start, first, count);
            ScoreRules.keep(scores, start, count, from - first, to - first);
            if (hasLost) {
                restoreLost(r, from, to);
            }
            float max = SpanSoftmax.max(scores, start, count);
            results.max[resultRow + r] = max;
            SpanSoftmax.weigh(scores, start, count, max, format.factor(), lanes, r * L);
        }
        LaneSums.reduce(lanes, rows, results.sum, resultRow);
    }

    /** A NaN that the store's type does not show must reach whoever sees it. */
    private void restoreLost(int row, int from, int to) {
        for (int column = from; column < to; column++) {
            if (call.store.isLost(call.layer, blocks.slot(column))) {
                scores[row * STRIDE + column] = Float.NaN;
            }
        }
    }

    private void applyRules(int row, int start, int first, int count) {
        float cap = spec.softCap();
        if (cap != 0) {
            SoftCapKernel.cap(scores, start, count, 1, (float) (cap * LOG2_E));
        }
        if (call.slopes != null) {
            int group = spec.groupSize();
            float slope = (float) (call.slopes[kvHead * group + row % group] * LOG2_E);
            int distance = unit.position + row / group - spanStart - first;
            ScoreRules.addSlope(scores, start, count, slope, distance);
        }
    }

    private void addDirect() {
        for (int column = begin, next; column < end; column = next) {
            next = blocks.next(column, end);
            MemorySegment data = blocks.values(column, kvHead);
            for (int r = firstRow; r < endRow; r += 4) {
                addRows(format, data, r, Math.min(4, endRow - r), column, next);
            }
        }
    }

    private void addPanels() {
        int columns = valueRows();
        for (int start = begin / columns * columns; start < end; start += columns) {
            int to = Math.min(end, start + columns);
            for (int column = Math.max(begin, start), next; column < to; column = next) {
                next = blocks.next(column, to);
                MemorySegment data = blocks.values(column, kvHead);
                int at = (column - start) * valueStride;
                format.unpackValues(data, slice, next - column, panel, at, valueStride);
            }
            slice.start = 0;
            slice.dim = valueStride;
            slice.stride = valueStride;
            slice.token = 0;
            addPanel(start, to);
        }
    }

    private void addPanel(int start, int end) {
        for (int r = firstRow; r < endRow; r += 4) {
            addRows(KvFormat.F32, panel, r, Math.min(4, endRow - r), start, end);
        }
    }

    /** The columns that all the rows see at once, the others row by row. */
    private void addRows(
            KvFormat kernel, MemorySegment data, int row, int count, int start, int end) {
        int last = row + count - 1;
        int from = Math.max(start, from(last));
        int to = Math.min(end, to(row));
        for (int r = row; r <= last; r++) {
            int until = Math.min(from, Math.min(end, to(r)));
            addRow(kernel, data, r, Math.max(start, from(r)), until, start);
        }
        if (from < to) {
            addTogether(kernel, data, row, count, from, to, start);
        }
        for (int r = row; r <= last; r++) {
            int rest = Math.max(Math.max(from, to), from(r));
            addRow(kernel, data, r, rest, Math.min(end, to(r)), start);
        }
    }

    private void addRow(KvFormat kernel, MemorySegment data, int row, int from, int to, int start) {
        if (from < to) {
            int shift = slice.token - start;
            int p = row * STRIDE - shift;
            int acc = (resultRow + row) * valueStride;
            kernel.addOne(data, slice, from + shift, to + shift, scores, p, results.values, acc);
        }
    }

    private void addTogether(
            KvFormat kernel, MemorySegment data, int row, int count, int from, int to, int start) {
        int shift = slice.token - start;
        int p = row * STRIDE - shift;
        int acc = (resultRow + row) * valueStride;
        float[] out = results.values;
        if (count == 1) {
            kernel.addOne(data, slice, from + shift, to + shift, scores, p, out, acc);
        } else if (kernel == KvFormat.F32 && LARGE_TILES && slice.dim % (4 * L) == 0) {
            for (int d = 0; d < slice.dim; d += 4 * L) {
                PanelTiles.add4x4(
                        data,
                        slice,
                        d,
                        from + shift,
                        to + shift,
                        scores,
                        p,
                        STRIDE,
                        out,
                        acc + d,
                        valueStride);
            }
        } else {
            kernel.addFour(
                    data,
                    slice,
                    from + shift,
                    to + shift,
                    scores,
                    p,
                    STRIDE,
                    out,
                    acc,
                    valueStride);
        }
    }
}
