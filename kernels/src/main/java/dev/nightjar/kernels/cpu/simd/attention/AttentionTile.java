package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.kv.CacheTouch;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;

/** What one worker needs to compute units of attention. */
public final class AttentionTile {

    private static final double LOG2_E = 1 / Math.log(2);

    /** The largest half; a query beyond it would become infinite when it takes up the factor. */
    private static final float LARGEST_HALF = 65504;

    private final AttentionSpan attention = new AttentionSpan();
    private final CacheTouch touch = new CacheTouch();
    private final RowStates states = new RowStates();
    private final SpanResults scratch = new SpanResults();
    private float[] queries = new float[0];

    private AttentionCall call;
    private AttentionUnit unit;
    private AttentionSpec spec;
    private int rows;
    private int paddedRows;
    private int valueStride;

    /** Rows of scratch for that many rows: tiles of four may start at any of them. */
    static int paddedRows(int rows) {
        return (rows + 6) / 4 * 4;
    }

    /** Computes all spans of a unit; merges and stores them if the unit is the only one. */
    void run(AttentionCall newCall, AttentionUnit newUnit, SpanResults shared) {
        call = newCall;
        prepare(newUnit);
        attention.start(call, unit);
        loadQueries();
        boolean isWhole = unit.parts == 1;
        if (isWhole) {
            scratch.reserve(paddedRows, valueStride);
            startStates();
        }
        for (int span = unit.firstSpan; span < unit.endSpan; span++) {
            attention.moveTo(span);
            touchSpan(span);
            for (int h = 0; h < unit.numKvHeads; h++) {
                SpanResults results = isWhole ? scratch : shared;
                int row = isWhole ? 0 : resultRow(span, h);
                int query = h * paddedRows * spec.headDim();
                attention.attend(unit.firstKvHead + h, queries, query, results, row);
                if (isWhole) {
                    mergeSpan(scratch, 0, h);
                }
            }
        }
        if (isWhole) {
            storeResults();
        }
    }

    /** Merges what the units of a group computed; {@code newUnit} is one of them. */
    void merge(AttentionCall newCall, AttentionUnit newUnit, SpanResults shared) {
        call = newCall;
        prepare(newUnit);
        attention.start(call, unit);
        startStates();
        for (int span = unit.tileSpan; span < unit.tileEnd; span++) {
            attention.moveTo(span);
            for (int h = 0; h < unit.numKvHeads; h++) {
                mergeSpan(shared, resultRow(span, h), h);
            }
        }
        storeResults();
    }

    private void prepare(AttentionUnit newUnit) {
        unit = newUnit;
        spec = call.spec;
        rows = unit.numQueries * spec.groupSize();
        paddedRows = paddedRows(rows);
        valueStride = VectorShapes.padded(spec.valueDim());
    }

    private int resultRow(int span, int h) {
        return unit.resultStart + ((span - unit.tileSpan) * unit.numKvHeads + h) * paddedRows;
    }

    private void mergeSpan(SpanResults results, int resultRow, int h) {
        int first = attention.firstRow();
        int count = attention.endRow() - first;
        states.merge(results, resultRow + first, h * paddedRows + first, count);
    }

    private int head(int h, int row) {
        return (unit.firstKvHead + h) * spec.groupSize() + row % spec.groupSize();
    }

    private void startStates() {
        states.reset(unit.numKvHeads * paddedRows, valueStride);
        if (call.sinks == null) {
            return;
        }
        for (int h = 0; h < unit.numKvHeads; h++) {
            for (int r = 0; r < rows; r++) {
                float sink = (float) (call.sinks[head(h, r)] * LOG2_E);
                states.addSink(h * paddedRows + r, sink);
            }
        }
    }

    /** Scaled so that scores are powers of two, or what the soft cap takes. */
    private void loadQueries() {
        int dim = spec.headDim();
        int needed = unit.numKvHeads * paddedRows * dim;
        if (queries.length < needed) {
            queries = new float[needed];
        }
        double after = spec.softCap() == 0 ? LOG2_E : 1 / (double) spec.softCap();
        float scale = (float) (spec.scale() * after);
        int numElements = spec.groupSize() * dim;
        for (int h = 0; h < unit.numKvHeads; h++) {
            int to = h * paddedRows * dim;
            for (int i = 0; i < unit.numQueries; i++, to += numElements) {
                int from = CpuMatrices.rowStart(call.q, unit.firstQuery + i);
                from += (unit.firstKvHead + h) * numElements;
                scaleQueries(from, to, numElements, scale, call.format.factor());
            }
        }
    }

    private void scaleQueries(int from, int to, int count, float scale, float factor) {
        if (factor == 1) {
            for (int e = 0; e < count; e++) {
                queries[to + e] = call.qData[from + e] * scale;
            }
            return;
        }
        for (int e = 0; e < count; e++) {
            float scaled = call.qData[from + e] * scale;
            queries[to + e] = Math.min(Math.max(scaled, -LARGEST_HALF), LARGEST_HALF) * factor;
        }
    }

    /** Reads what the unit needs of a span before it computes with it. */
    private void touchSpan(int span) {
        if (!unit.isDirect) {
            return;
        }
        CpuKvStore store = call.store;
        int blockSize = store.spec().blockSize();
        int start = span * AttentionPlan.SPAN;
        int end = start + attention.end();
        int lastHead = unit.firstKvHead + unit.numKvHeads - 1;
        for (int t = start + attention.begin(); t < end; t += blockSize - t % blockSize) {
            if (end - t >= blockSize - t % blockSize && blockSize <= AttentionPlan.SPAN) {
                int block = call.blockTables[unit.tableStart + t / blockSize];
                long from = store.keysStart(block, call.layer, unit.firstKvHead);
                long to = store.keysStart(block, call.layer, lastHead + 1);
                touch.read(store.segment(block), from, to);
            }
        }
    }

    private void storeResults() {
        int group = spec.groupSize();
        for (int h = 0; h < unit.numKvHeads; h++) {
            for (int r = 0; r < rows; r++) {
                int row = CpuMatrices.rowStart(call.out, unit.firstQuery + r / group);
                int to = row + head(h, r) * spec.valueDim();
                states.store(h * paddedRows + r, call.outData, to, spec.valueDim());
            }
        }
    }
}
