package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.cpu.SamplingRules;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A row of logits in blocks of {@value #BLOCK}: the largest logit and the sum of exponentials of
 * each. Most questions of sampling look at the few blocks that matter.
 */
final class LogitBlocks {

    static final int BLOCK = 128;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private float[] maxima = new float[0];
    private float[] sums = new float[0];
    private float[] lanes = new float[0];
    private final float[] padded = new float[BLOCK];

    private float[] logits;
    private int start;
    private int numTokens;
    private int numBlocks;
    private float max;

    /** Takes a row and finds the maxima; NaN is passed over here and shows in {@link #expSum}. */
    void scan(float[] newLogits, int newStart, int newNumTokens) {
        logits = newLogits;
        start = newStart;
        numTokens = newNumTokens;
        numBlocks = Math.ceilDiv(numTokens, BLOCK);
        if (maxima.length < numBlocks) {
            maxima = new float[numBlocks];
            sums = new float[numBlocks];
            lanes = new float[numBlocks * F.length()];
        }
        fillPadded();
        max = Float.NEGATIVE_INFINITY;
        for (int b = 0; b < numBlocks; b++) {
            maxima[b] = isWhole(b) ? blockMax(logits, start + b * BLOCK) : blockMax(padded, 0);
            max = maxima[b] > max ? maxima[b] : max;
        }
    }

    private boolean isWhole(int b) {
        return (b + 1) * BLOCK <= numTokens;
    }

    /** The last block, when it is not whole, padded with impossible tokens. */
    private void fillPadded() {
        int first = numTokens / BLOCK * BLOCK;
        int rest = numTokens - first;
        System.arraycopy(logits, start + first, padded, 0, rest);
        Arrays.fill(padded, rest, BLOCK, Float.NEGATIVE_INFINITY);
    }

    /** Comparing and blending is faster than max, which orders NaN and zeros. */
    private static float blockMax(float[] x, int from) {
        FloatVector m = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int i = from; i < from + BLOCK; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            m = m.blend(v, v.compare(VectorOperators.GT, m));
        }
        return m.reduceLanes(VectorOperators.MAX);
    }

    /** The largest logit that is not NaN. */
    float max() {
        return max;
    }

    /** The lowest token with the largest logit; only when {@link #max} is finite. */
    int argmax() {
        int b = 0;
        while (maxima[b] != max) {
            b++;
        }
        int token = b * BLOCK;
        while (logits[start + token] != max) {
            token++;
        }
        return token;
    }

    /**
     * Sum of {@code exp((logit - max) / temperature)}; NaN if a logit is NaN or none is finite.
     * Also fills the sums of the blocks that {@link #draw} walks.
     */
    double expSum(float temperature) {
        float inverse = 1 / temperature;
        for (int b = 0; b < numBlocks; b++) {
            // one call for both kinds of blocks: a second inlined copy would exceed the
            // compiler's node budget and box its vectors
            float[] block = isWhole(b) ? logits : padded;
            int from = isWhole(b) ? start + b * BLOCK : 0;
            blockSum(block, from, max, inverse, lanes, b * F.length());
        }
        LaneSums.reduce(lanes, numBlocks, sums, 0);
        double total = 0;
        for (int b = 0; b < numBlocks; b++) {
            total += sums[b];
        }
        return total;
    }

    private static void blockSum(
            float[] x, int from, float max, float inverse, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int i = from; i < from + BLOCK; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i).sub(max).mul(inverse);
            sum = sum.add(VectorExp.exp(v));
        }
        sum.intoArray(lanes, at);
    }

    /**
     * The k-th largest block maximum, at most the k-th largest logit; -infinity if fewer blocks.
     */
    float lowerBoundOfKthLargest(int k, long[] scratch) {
        if (k > numBlocks) {
            return Float.NEGATIVE_INFINITY;
        }
        for (int b = 0; b < numBlocks; b++) {
            scratch[b] = SamplingRules.key(maxima[b], b);
        }
        KeySelect.smallest(scratch, numBlocks, k);
        float bound = max;
        for (int i = 0; i < k; i++) {
            bound = Math.min(bound, SamplingRules.logit(scratch[i]));
        }
        return bound;
    }

    /** Keys of all possible tokens with a logit of at least {@code floor}, by token; how many. */
    int collect(float floor, long[] keys) {
        int count = 0;
        for (int b = 0; b < numBlocks; b++) {
            if (maxima[b] >= floor) {
                count = collectBlock(b, floor, keys, count);
            }
        }
        return count;
    }

    private int collectBlock(int b, float floor, long[] keys, int count) {
        int end = Math.min(numTokens, (b + 1) * BLOCK);
        for (int token = b * BLOCK; token < end; token++) {
            float logit = logits[start + token];
            if (logit >= floor && logit > Float.NEGATIVE_INFINITY) {
                keys[count++] = SamplingRules.key(logit, token);
            }
        }
        return count;
    }

    /** Draws from all tokens after {@link #expSum} returned {@code total} for this temperature. */
    int draw(float temperature, double total, double u) {
        double target = u * total;
        double sum = 0;
        int b = 0;
        while (b < numBlocks - 1 && sum + sums[b] <= target) {
            sum += sums[b++];
        }
        int token = SamplingRules.NO_TOKEN;
        for (int i = b * BLOCK; i < numTokens && sum <= target; i++) {
            double weight = SamplingRules.weight(logits[start + i], max, temperature);
            token = weight > 0 ? i : token;
            sum += weight;
        }
        return token == SamplingRules.NO_TOKEN ? argmax() : token;
    }
}
