package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The query rows of one tile against one KV head, block by block. Row {@code r} is query {@code r /
 * G}, query head {@code r % G} of the G heads of the tile, so positions rise with rows.
 *
 * <p>What is computed for a row does not depend on the other rows of the tile: its scores and sums
 * are chains of their own, blocks are visited in order of position, a block of which the row sees
 * nothing leaves it untouched, and tokens outside its own window never enter. So results do not
 * depend on how a prompt was cut into steps.
 *
 * <p>Scratch memory of one worker, grown on demand. Panels are padded to whole vectors; keys beyond
 * a block's tokens are masked, values beyond them are never read.
 */
final class AttentionTile {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final double LOG2_E = 1 / Math.log(2);

    private final OnlineSoftmax softmax = new OnlineSoftmax();
    private float[] queries = new float[0];
    private float[] keys = new float[0];
    private float[] values = new float[0];
    private float[] scores = new float[0];
    private float[] sums = new float[0];

    private AttentionCall call;
    private int firstHead;
    private int numHeads;
    private int position;
    private int rows;
    private int dim;
    private int valueDim;
    private int valueStride;
    private int blockSize;
    private int tokenStride;

    /** Position of the first token of the current block. */
    private int blockStart;

    /**
     * Computes one tile.
     *
     * @param newFirstHead first query head
     * @param newNumHeads query heads, all of one group
     * @param first row of q and out of the first query
     * @param numQueries queries of the tile
     * @param newPosition position of the first query in its sequence
     * @param tableStart where the block table of this sequence begins
     */
    void run(
            AttentionCall newCall,
            int newFirstHead,
            int newNumHeads,
            int first,
            int numQueries,
            int newPosition,
            int tableStart) {
        call = newCall;
        firstHead = newFirstHead;
        numHeads = newNumHeads;
        position = newPosition;
        rows = numQueries * numHeads;
        prepare();
        loadQueries(first, numQueries);
        int end = position + numQueries;
        int begin = call.spec.firstVisible(position) / blockSize * blockSize;
        for (blockStart = begin; blockStart < end; blockStart += blockSize) {
            int block = call.blockTables[tableStart + blockStart / blockSize];
            decode(block, Math.min(blockSize, end - blockStart));
            addBlock(firstRow(), endRow());
        }
        storeResults(first, numQueries);
    }

    private void prepare() {
        AttentionSpec spec = call.spec;
        dim = spec.headDim();
        valueDim = spec.valueDim();
        valueStride = VectorShapes.padded(valueDim);
        blockSize = call.store.spec().blockSize();
        tokenStride = VectorShapes.padded(blockSize);
        queries = atLeast(queries, rows * dim);
        keys = atLeast(keys, dim * tokenStride);
        values = atLeast(values, blockSize * valueStride);
        scores = atLeast(scores, rows * tokenStride);
        sums = atLeast(sums, rows * valueStride);
        Arrays.fill(sums, 0, rows * valueStride, 0f);
        softmax.reset(rows);
        if (call.sinks != null) {
            for (int r = 0; r < rows; r++) {
                softmax.addSink(r, (float) (call.sinks[head(r)] * LOG2_E));
            }
        }
    }

    private static float[] atLeast(float[] scratch, int length) {
        return scratch.length >= length ? scratch : new float[length];
    }

    private int head(int row) {
        return firstHead + row % numHeads;
    }

    /** Scaled so that scores are powers of two, or what the soft cap takes. */
    private void loadQueries(int first, int numQueries) {
        AttentionSpec spec = call.spec;
        double after = spec.softCap() == 0 ? LOG2_E : 1 / (double) spec.softCap();
        float factor = (float) (spec.scale() * after);
        int numElements = numHeads * dim;
        for (int i = 0; i < numQueries; i++) {
            int from = CpuMatrices.rowStart(call.q, first + i) + firstHead * dim;
            for (int e = 0; e < numElements; e++) {
                queries[i * numElements + e] = call.qData[from + e] * factor;
            }
        }
    }

    /** Keys of the whole block, values of the tokens in use. */
    private void decode(int block, int numTokens) {
        int kvHead = firstHead / call.spec.groupSize();
        MemorySegment data = call.store.segment(block);
        long keysStart = call.store.keysStart(block, call.layer, kvHead);
        long valuesStart = call.store.valuesStart(block, call.layer, kvHead);
        decodeRows(data, keysStart, keys, dim, blockSize, tokenStride);
        decodeRows(data, valuesStart, values, numTokens, valueDim, valueStride);
    }

    private void decodeRows(
            MemorySegment data, long start, float[] target, int count, int cols, int stride) {
        if (cols == stride) {
            call.decoder.decode(data, start, target, 0, count * cols);
            return;
        }
        long rowBytes = call.store.spec().layers().get(call.layer).dtype().bytesFor(cols);
        for (int r = 0; r < count; r++) {
            call.decoder.decode(data, start + r * rowBytes, target, r * stride, cols);
            Arrays.fill(target, r * stride + cols, (r + 1) * stride, 0f);
        }
    }

    /** Queries before the block see none of it. */
    private int firstRow() {
        return Math.max(0, blockStart - position) * numHeads;
    }

    /** Nor do queries whose window begins behind it. */
    private int endRow() {
        long window = call.spec.window();
        long queries = blockStart + blockSize + window - 1 - position;
        return window == 0 ? rows : (int) Math.min(rows, queries * numHeads);
    }

    /** The first token of the block that a row sees. */
    private int from(int row) {
        return Math.max(0, call.spec.firstVisible(position + row / numHeads) - blockStart);
    }

    /** The token behind the last one that a row sees. */
    private int to(int row) {
        return Math.min(blockSize, position + row / numHeads - blockStart + 1);
    }

    private void addBlock(int firstRow, int endRow) {
        ScoreTiles.scores(
                queries,
                firstRow * dim,
                endRow - firstRow,
                dim,
                keys,
                tokenStride,
                scores,
                firstRow * tokenStride);
        for (int r = firstRow; r < endRow; r++) {
            applyRules(r);
        }
        softmax.weigh(scores, firstRow, endRow, tokenStride);
        int r = firstRow;
        for (; r <= endRow - 4; r += 4) {
            addValuesToFour(r);
        }
        for (; r < endRow; r++) {
            correct(r);
            addValues(r, from(r), to(r));
        }
    }

    private void applyRules(int row) {
        int start = row * tokenStride;
        float cap = call.spec.softCap();
        if (cap != 0) {
            SoftCapKernel.cap(scores, start, tokenStride, 1, (float) (cap * LOG2_E));
        }
        if (call.slopes != null) {
            float slope = (float) (call.slopes[head(row)] * LOG2_E);
            int distance = position + row / numHeads - blockStart;
            ScoreRules.addSlope(scores, start, tokenStride, slope, distance);
        }
        ScoreRules.keep(scores, start, tokenStride, from(row), to(row));
    }

    /** The tokens that all four rows see at once, the others row by row. */
    private void addValuesToFour(int row) {
        int from = from(row + 3);
        int to = to(row);
        for (int r = row; r < row + 4; r++) {
            correct(r);
            addValues(r, from(r), Math.min(from, to(r)));
        }
        if (from < to) {
            ValueTiles.addToFour(
                    scores,
                    row * tokenStride,
                    tokenStride,
                    from,
                    to,
                    values,
                    valueStride,
                    sums,
                    row * valueStride);
        }
        for (int r = row; r < row + 4; r++) {
            addValues(r, Math.max(from, to), to(r));
        }
    }

    private void addValues(int row, int from, int to) {
        if (from < to) {
            int acc = row * valueStride;
            int weights = row * tokenStride;
            ValueTiles.addToOne(scores, weights, from, to, values, valueStride, sums, acc);
        }
    }

    private void correct(int row) {
        float correction = softmax.correction(row);
        if (correction != 1) {
            int start = row * valueStride;
            for (int d = start; d < start + valueStride; d += F.length()) {
                FloatVector.fromArray(F, sums, d).mul(correction).intoArray(sums, d);
            }
        }
    }

    private void storeResults(int first, int numQueries) {
        softmax.finish(rows);
        for (int r = 0; r < rows; r++) {
            int row = CpuMatrices.rowStart(call.out, first + r / numHeads);
            int to = row + head(r) * valueDim;
            float sum = softmax.sum(r);
            for (int d = 0; d < valueDim; d++) {
                call.outData[to + d] = sums[r * valueStride + d] / sum;
            }
        }
    }
}
