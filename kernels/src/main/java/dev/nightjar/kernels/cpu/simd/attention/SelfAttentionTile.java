package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.kv.KvFormat;
import dev.nightjar.kernels.cpu.simd.kv.KvSlice;
import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Some rows of one head of one sequence against all of its rows, a span of keys after the other.
 * The keys of a span are laid out by element and its values padded, in panels that {@link
 * Float32Kv} takes; spans are merged in order.
 *
 * <p>Scratch memory of one worker, grown on demand.
 */
public final class SelfAttentionTile {

    /** Most rows of a tile; laying out the panels costs a small part of what so many compute. */
    static final int MOST_ROWS = 512;

    /** Rows of a tile where there are few tiles for the threads. */
    static final int LEAST_ROWS = 128;

    /** Rows whose scores lie in the first-level cache until they are used. */
    private static final int STRIP_ROWS = 32;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final int SPAN = 256;

    /** Room for a vector behind; no power of two, to spread over the cache. */
    private static final int STRIDE = SPAN + 2 * L;

    private static final double LOG2_E = 1 / Math.log(2);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final KvSlice slice = new KvSlice();
    private final RowStates states = new RowStates();
    private final SpanResults results = new SpanResults();
    private final float[] scores = new float[STRIP_ROWS * STRIDE];
    private final float[] lanes = new float[STRIP_ROWS * L];
    private final BiasStrip strip = new BiasStrip(STRIP_ROWS, STRIDE);
    private MemorySegment keyPanel = MemorySegment.NULL;
    private MemorySegment valuePanel = MemorySegment.NULL;
    private float[] queries = new float[0];

    /** Keys on their way to the panel. */
    private float[] turned = new float[0];

    private SelfAttentionSpec spec;
    private int dim;
    private int valueStride;
    private float[] qData;
    private float[] kData;
    private float[] vData;
    private float[] outData;

    /** First row of the tile within its sequence, and how many there are. */
    private int first;

    private int rows;
    private int length;

    /** Prepares for the tiles of a call. */
    void start(SelfAttentionSpec newSpec, float[] newQ, float[] newK, float[] newV, float[] out) {
        spec = newSpec;
        qData = newQ;
        kData = newK;
        vData = newV;
        outData = out;
        dim = spec.headDim();
        valueStride = VectorShapes.padded(dim);
    }

    /**
     * Computes the tile of up to {@code mostRows} rows from row {@code newFirst} of the sequence at
     * row {@code start} on.
     */
    void run(
            Matrix q,
            Matrix k,
            Matrix v,
            Matrix out,
            int column,
            int start,
            int newLength,
            int newFirst,
            int mostRows) {
        first = newFirst;
        length = newLength;
        rows = Math.min(mostRows, length - first);
        reserve();
        loadQueries(q, start, column);
        states.reset(rows, valueStride);
        int end = spec.endVisible(first + rows - 1, length);
        for (int span = spec.firstVisible(first) / SPAN * SPAN; span < end; span += SPAN) {
            int count = Math.min(SPAN, end - span);
            loadSpan(k, v, start + span, count, column);
            attend(span, count, column / dim);
        }
        for (int r = 0; r < rows; r++) {
            int to = CpuMatrices.rowStart(out, start + first + r) + column;
            states.store(r, outData, to, dim);
        }
    }

    /** Panels are native memory, so that loads from them know only one kind. */
    private void reserve() {
        long keyBytes = Float.BYTES * (long) (dim * STRIDE + L);
        if (keyPanel.byteSize() < keyBytes) {
            keyPanel = Arena.ofAuto().allocate(keyBytes, 64);
            valuePanel = Arena.ofAuto().allocate(4L * (SPAN * valueStride + L), 64);
            queries = new float[MOST_ROWS * dim];
            turned = new float[dim * STRIDE];
        }
        results.reserve(STRIP_ROWS, valueStride);
    }

    /** Scaled so that scores are powers of two; rows up to a multiple of four are zero. */
    private void loadQueries(Matrix q, int start, int column) {
        float scale = (float) (spec.scale() * LOG2_E);
        for (int r = 0; r < rows; r++) {
            int from = CpuMatrices.rowStart(q, start + first + r) + column;
            scale(qData, from, scale, queries, r * dim, dim);
        }
        Arrays.fill(queries, rows * dim, (rows + 3) / 4 * 4 * dim, 0f);
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

    /** Keys {@code [D, STRIDE]}, values {@code [count, padded D]}. */
    private void loadSpan(Matrix k, Matrix v, int row, int count, int column) {
        int t = 0;
        for (; t + 4 <= count; t += 4) {
            turnFour(
                    CpuMatrices.rowStart(k, row + t) + column,
                    CpuMatrices.rowStart(k, row + t + 1) + column,
                    CpuMatrices.rowStart(k, row + t + 2) + column,
                    CpuMatrices.rowStart(k, row + t + 3) + column,
                    t);
        }
        for (; t < count; t++) {
            int key = CpuMatrices.rowStart(k, row + t) + column;
            for (int d = 0; d < dim; d++) {
                turned[d * STRIDE + t] = kData[key + d];
            }
        }
        for (int d = 0; d < dim; d++) {
            copy(turned, d * STRIDE, keyPanel, 4L * d * STRIDE, count);
        }
        for (t = 0; t < count; t++) {
            int value = CpuMatrices.rowStart(v, row + t) + column;
            copy(vData, value, valuePanel, 4L * t * valueStride, dim);
        }
    }

    /** Four keys at once: what is written lies together. */
    private void turnFour(int a, int b, int c, int d, int t) {
        float[] target = turned;
        float[] keys = kData;
        for (int i = 0, at = t; i < dim; i++, at += STRIDE) {
            target[at] = keys[a + i];
            target[at + 1] = keys[b + i];
            target[at + 2] = keys[c + i];
            target[at + 3] = keys[d + i];
        }
    }

    /** For so few floats as a head has, a loop is faster than a bulk copy. */
    private static void copy(float[] from, int start, MemorySegment to, long at, int count) {
        int whole = F.loopBound(count);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(F, from, start + i)
                    .intoMemorySegment(to, at + 4L * i, ByteOrder.LITTLE_ENDIAN);
        }
        for (int i = whole; i < count; i++) {
            to.set(FLOAT, at + 4L * i, from[start + i]);
        }
    }

    private void attend(int span, int count, int head) {
        int firstRow = spec.window() == 0 ? 0 : Math.max(0, span - spec.window() - first);
        long seeing = (long) span + count + spec.window() - first;
        int endRow = spec.window() == 0 ? rows : (int) Math.min(rows, seeing);
        slice.start = 0;
        slice.token = 0;
        for (int row = firstRow / 4 * 4; row < endRow; row += STRIP_ROWS) {
            int blind = Math.max(0, firstRow - row);
            strip(row, blind, Math.min(STRIP_ROWS, endRow - row), span, count, head);
        }
    }

    /**
     * {@code n} rows against a span.
     *
     * @param row the first one, a multiple of four
     * @param blind how many of the first see nothing of the span
     */
    private void strip(int row, int blind, int n, int span, int count, int head) {
        slice.dim = dim;
        slice.stride = STRIDE;
        for (int r = 0; r < n; r += 4) {
            int q = (row + r) * dim;
            KvFormat.F32.scoreFour(keyPanel, slice, count, queries, q, scores, r * STRIDE, STRIDE);
        }
        if (spec.bias().isPresent()) {
            addBias(spec.bias().get(), span - first - row, n, VectorShapes.padded(count), head);
        }
        weigh(row, blind, n, span, count);
        slice.dim = valueStride;
        slice.stride = valueStride;
        Arrays.fill(results.values, 0, (n + 3) / 4 * 4 * valueStride, 0f);
        for (int r = 0; r < n; r += 4) {
            KvFormat.F32.addFour(
                    valuePanel,
                    slice,
                    0,
                    count,
                    scores,
                    r * STRIDE,
                    STRIDE,
                    results.values,
                    r * valueStride,
                    valueStride);
        }
        states.merge(results, blind, row + blind, n - blind);
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
