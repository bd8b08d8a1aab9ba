package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.cpu.CpuMatrices;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The query rows of one tile against one KV head, block by block from position 0. Row {@code r} is
 * query {@code r / G}, query head {@code r % G} of the group of G heads.
 *
 * <p>What is computed for a row does not depend on the other rows of the tile: its scores and sums
 * are chains of their own, blocks are visited in order of position, and tokens behind the row's own
 * position never enter. So results do not depend on how a prompt was cut into steps.
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
    private int group;
    private int dim;
    private int dimStride;
    private int blockSize;
    private int tokenStride;
    private int rows;

    /**
     * Computes one tile.
     *
     * @param kvHead the KV head
     * @param first row of q and out of the first query
     * @param numQueries queries of the tile
     * @param position position of the first query in its sequence
     * @param blocks block tables
     * @param tableStart where the table of this sequence begins
     */
    void run(
            AttentionCall newCall,
            int kvHead,
            int first,
            int numQueries,
            int position,
            int[] blocks,
            int tableStart) {
        prepare(newCall, numQueries);
        loadQueries(kvHead, first, numQueries);
        int end = position + numQueries;
        for (int start = 0; start < end; start += blockSize) {
            int block = blocks[tableStart + start / blockSize];
            int numTokens = Math.min(blockSize, end - start);
            decode(block, kvHead, numTokens);
            // queries before this block see none of it
            int firstRow = Math.max(0, start - position) * group;
            addBlock(firstRow, position - start + 1);
        }
        storeResults(kvHead, first, numQueries);
    }

    private void prepare(AttentionCall newCall, int numQueries) {
        call = newCall;
        AttentionSpec shape = call.shape;
        group = shape.groupSize();
        dim = shape.headDim();
        dimStride = VectorShapes.padded(dim);
        blockSize = call.store.spec().blockSize();
        tokenStride = VectorShapes.padded(blockSize);
        rows = numQueries * group;
        queries = atLeast(queries, rows * dim);
        keys = atLeast(keys, dim * tokenStride);
        values = atLeast(values, blockSize * dimStride);
        scores = atLeast(scores, rows * tokenStride);
        sums = atLeast(sums, rows * dimStride);
        Arrays.fill(sums, 0, rows * dimStride, 0f);
        softmax.reset(rows);
    }

    private static float[] atLeast(float[] scratch, int length) {
        return scratch.length >= length ? scratch : new float[length];
    }

    /** Scaled so that scores are powers of two. */
    private void loadQueries(int kvHead, int first, int numQueries) {
        float factor = (float) (call.shape.scale() * LOG2_E);
        int numElements = group * dim;
        for (int i = 0; i < numQueries; i++) {
            int from = CpuMatrices.rowStart(call.q, first + i) + kvHead * numElements;
            for (int e = 0; e < numElements; e++) {
                queries[i * numElements + e] = call.qData[from + e] * factor;
            }
        }
    }

    /** Keys of the whole block, values of the tokens in use. */
    private void decode(int block, int kvHead, int numTokens) {
        MemorySegment data = call.store.segment(block);
        long keysStart = call.store.keysStart(block, call.layer, kvHead);
        long valuesStart = call.store.valuesStart(block, call.layer, kvHead);
        decodeRows(data, keysStart, keys, dim, blockSize, tokenStride);
        decodeRows(data, valuesStart, values, numTokens, dim, dimStride);
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

    /**
     * {@code visibleToFirst}: tokens of the block that query 0 of the tile sees, maybe negative.
     */
    private void addBlock(int firstRow, int visibleToFirst) {
        ScoreTiles.scores(
                queries,
                firstRow * dim,
                rows - firstRow,
                dim,
                keys,
                tokenStride,
                scores,
                firstRow * tokenStride);
        for (int r = firstRow; r < rows; r++) {
            int row = r * tokenStride;
            int visible = visible(r, visibleToFirst);
            Arrays.fill(scores, row + visible, row + tokenStride, Float.NEGATIVE_INFINITY);
        }
        softmax.weigh(scores, firstRow, rows, tokenStride);
        int r = firstRow;
        for (; r <= rows - 4; r += 4) {
            addValuesToFour(r, visibleToFirst);
        }
        for (; r < rows; r++) {
            correct(r);
            addValues(r, 0, visible(r, visibleToFirst));
        }
    }

    private int visible(int row, int visibleToFirst) {
        return Math.min(blockSize, visibleToFirst + row / group);
    }

    /** The tokens that all four rows see at once, the others row by row. */
    private void addValuesToFour(int row, int visibleToFirst) {
        int common = visible(row, visibleToFirst);
        for (int r = row; r < row + 4; r++) {
            correct(r);
        }
        ValueTiles.addToFour(
                scores,
                row * tokenStride,
                tokenStride,
                0,
                common,
                values,
                dimStride,
                sums,
                row * dimStride);
        for (int r = row + 1; r < row + 4; r++) {
            addValues(r, common, visible(r, visibleToFirst));
        }
    }

    private void addValues(int row, int from, int to) {
        if (from < to) {
            ValueTiles.addToOne(
                    scores, row * tokenStride, from, to, values, dimStride, sums, row * dimStride);
        }
    }

    private void correct(int row) {
        float correction = softmax.correction(row);
        if (correction != 1) {
            int start = row * dimStride;
            for (int d = start; d < start + dimStride; d += F.length()) {
                FloatVector.fromArray(F, sums, d).mul(correction).intoArray(sums, d);
            }
        }
    }

    private void storeResults(int kvHead, int first, int numQueries) {
        softmax.finish(rows);
        for (int i = 0; i < numQueries; i++) {
            int to = CpuMatrices.rowStart(call.out, first + i) + kvHead * group * dim;
            for (int g = 0; g < group; g++) {
                int r = i * group + g;
                float sum = softmax.sum(r);
                for (int d = 0; d < dim; d++) {
                    call.outData[to + g * dim + d] = sums[r * dimStride + d] / sum;
                }
            }
        }
    }
}
