package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Some rows of one head of one sequence against all of its rows, a span of keys after the other.
 * Keys and values of a span are laid out as register tiles read them; spans are merged in order.
 *
 * <p>Scratch memory of one worker, grown on demand.
 */
public final class SelfAttentionTile {

    /** Most rows of a tile; laying out the panels costs a small part of what so many compute. */
    static final int MOST_ROWS = 512;

    /** Rows of a tile where there are few tiles for the threads. */
    static final int LEAST_ROWS = 128;

    /** Rows whose scores lie in the first-level cache until they are used. */
    private static final int STRIP_ROWS = 24;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final int SPAN = SelfTiles.MOST;
    private static final int STRIDE = SelfTiles.STRIDE;
    private static final int GROUP = SelfTiles.GROUP;
    private static final double LOG2_E = 1 / Math.log(2);

    private final RowStates states = new RowStates();
    private final SpanResults results = new SpanResults();
    private final float[] queries = new float[STRIP_ROWS * STRIDE];
    private final float[] scores = new float[STRIP_ROWS * STRIDE];
    private final float[] lanes = new float[STRIP_ROWS * L];
    private final BiasStrip strip = new BiasStrip(STRIP_ROWS, STRIDE);
    private final SelfPanels panels = new SelfPanels(SPAN);
    private final SelfProducts scoring;
    private final SelfProducts weighing;

    /** What some elements of very large heads add to scores. */
    private float[] part = new float[0];

    private SelfAttentionSpec spec;
    private int dim;
    private int valueStride;
    private float[] qData;
    private float[] outData;
    private Matrix q;
    private int start;

    /** First row of the tile within its sequence, and how many there are. */
    private int first;

    private int rows;
    private int length;

    /** With assembled functions or without. */
    SelfAttentionTile(boolean assembles) {
        scoring = new SelfProducts(STRIP_ROWS / SelfTiles.ROWS, assembles);
        weighing = new SelfProducts(STRIP_ROWS / SelfTiles.ROWS, assembles);
    }

    /** Prepares for the tiles of a call. */
    void start(SelfAttentionSpec newSpec, float[] newQ, float[] newK, float[] newV, float[] out) {
        spec = newSpec;
        qData = newQ;
        outData = out;
        dim = spec.headDim();
        valueStride = SelfPanels.padded(dim);
        panels.start(dim, newK, newV);
        part = dim <= SelfTiles.MOST ? part : new float[scores.length];
        results.reserve(STRIP_ROWS, valueStride);
        scoring.start(panels.keys, queries, scores, STRIDE);
        weighing.start(panels.values, scores, results.values, valueStride);
    }

    /**
     * Computes the tile of up to {@code mostRows} rows from row {@code newFirst} of the sequence at
     * row {@code newStart} on.
     */
    void run(
            Matrix newQ,
            Matrix k,
            Matrix v,
            Matrix out,
            int column,
            int newStart,
            int newLength,
            int newFirst,
            int mostRows) {
        q = newQ;
        start = newStart;
        first = newFirst;
        length = newLength;
        rows = Math.min(mostRows, length - first);
        states.reset(rows, valueStride);
        int end = spec.endVisible(first + rows - 1, length);
        for (int span = spec.firstVisible(first) / SPAN * SPAN; span < end; span += SPAN) {
            int count = Math.min(SPAN, end - span);
            panels.loadKeys(k, start + span, count, column);
            panels.loadValues(v, start + span, count, column);
            attend(span, count, column);
        }
        for (int r = 0; r < rows; r++) {
            int to = CpuMatrices.rowStart(out, start + first + r) + column;
            states.store(r, outData, to, dim);
        }
    }

    private void attend(int span, int count, int column) {
        int firstRow = spec.window() == 0 ? 0 : Math.max(0, span - spec.window() - first);
        long seeing = (long) span + count + spec.window() - first;
        int endRow = spec.window() == 0 ? rows : (int) Math.min(rows, seeing);
        for (int row = firstRow / SelfTiles.ROWS * SelfTiles.ROWS;
                row < endRow;
                row += STRIP_ROWS) {
            int blind = Math.max(0, firstRow - row);
            strip(row, blind, Math.min(STRIP_ROWS, endRow - row), span, count, column);
        }
    }

    /**
     * {@code n} rows against a span.
     *
     * @param row the first one, a multiple of those of a tile
     * @param blind how many of the first see nothing of the span
     */
    private void strip(int row, int blind, int n, int span, int count, int column) {
        score(row, n, count, column);
        if (spec.bias().isPresent()) {
            int padded = VectorShapes.padded(count);
            addBias(spec.bias().get(), span - first - row, n, padded, column / dim);
        }
        weigh(row, blind, n, span, count);
        addValues(n, count);
        states.merge(results, blind, row + blind, n - blind);
    }

    /** Scores of whole tiles of rows and whole groups of keys. */
    private void score(int row, int n, int count, int column) {
        loadQueries(row, n, column, Math.min(dim, SelfTiles.MOST));
        if (dim <= SelfTiles.MOST) {
            scoring.multiply(n, dim, (count + GROUP - 1) / GROUP);
            return;
        }
        score(0, n, count, scores);
        for (int d = SelfTiles.MOST; d < dim; d += SelfTiles.MOST) {
            loadQueries(row, n, column + d, Math.min(dim - d, SelfTiles.MOST));
            score(d, n, count, part);
            AddKernel.addRow(scores, 0, part, 0, scores.length);
        }
    }

    /** Scaled so that scores are powers of two. */
    private void loadQueries(int row, int n, int column, int count) {
        float scale = (float) (spec.scale() * LOG2_E);
        for (int r = 0; r < n; r++) {
            int from = CpuMatrices.rowStart(q, start + first + row + r) + column;
            scale(qData, from, scale, queries, r * STRIDE, count);
        }
    }

    private static void scale(float[] x, int start, float factor, float[] to, int at, int count) {
        int whole = F.loopBound(count);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(F, x, start + i).mul(factor).intoArray(to, at + i);
        }
        for (int i = whole; i < count; i++) {
            to[at + i] = x[start + i] * factor;
        }
    }

    /** What elements of queries and keys from {@code d} on add to scores. */
    private void score(int d, int n, int count, float[] to) {
        int columns = Math.min(dim - d, SelfTiles.MOST);
        for (int r = 0; r < n; r += SelfTiles.ROWS) {
            int s = r * STRIDE;
            for (int t = 0; t < count; t += GROUP) {
                int key = t * dim + d * GROUP;
                SelfTiles.multiply(panels.keys, key, columns, queries, s, to, s + t, STRIDE);
            }
        }
    }

    /** Weights of what is added to make whole vectors are zero. */
    private void addValues(int n, int count) {
        weighing.multiply(n, VectorShapes.padded(count), valueStride / GROUP);
    }

    /**
     * Adds what distance adds.
     *
     * @param distance from the first of {@code n} rows to the first key
     */
    private void addBias(RelativeBias bias, int distance, int n, int padded, int head) {
        strip.fill(bias, head, distance - (n - 1), n - 1 + padded, (float) LOG2_E);
        for (int r = 0; r < n; r++) {
            strip.add(scores, r * STRIDE, padded, n - 1 - r);
        }
    }

    /** Scores become weights; what a row does not see gets weight zero. */
    private void weigh(int row, int blind, int n, int span, int count) {
        int padded = VectorShapes.padded(count);
        for (int r = blind; r < n; r++) {
            int from = Math.max(0, spec.firstVisible(first + row + r) - span);
            int to = Math.min(count, spec.endVisible(first + row + r, length) - span);
            ScoreRules.keep(scores, r * STRIDE, padded, from, to);
            float max = SpanSoftmax.max(scores, r * STRIDE, padded);
            results.max[r] = max;
            SpanSoftmax.weigh(scores, r * STRIDE, padded, max, 1, lanes, r * L);
        }
        LaneSums.reduce(lanes, n, results.sum, 0);
    }
}
