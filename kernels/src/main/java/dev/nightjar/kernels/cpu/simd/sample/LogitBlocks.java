package dev.nightjar.kernels.cpu.simd.sample;

import dev.nightjar.kernels.cpu.SamplingRules;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.LaneSums;
import dev.nightjar.kernels.cpu.simd.vector.VectorExp;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A row of logits in blocks of {@value #BLOCK}: the largest logit and the sum of exponentials of
 * each. Most questions of sampling look at the few blocks that matter. Where there are fewer rows
 * than threads, a team may share the blocks of a row; each block's numbers are the same then.
 */
public final class LogitBlocks implements PoolTask {

    static final int BLOCK = 128;

    /** Blocks that a thread takes at a time, about a microsecond of work. */
    private static final int CHUNK_BLOCKS = 64;

    private enum Phase {
        MAXIMA,
        SUMS
    }

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final double LOG2_E = 1 / Math.log(2);

    private final Optional<WorkerPool> team;
    private final float[] padded = new float[BLOCK];

    /** Per block, a vector of maxima and one of sums; reduced to one number where those count. */
    private float[] maxLanes = new float[0];

    private float[] sumLanes = new float[0];
    private float[] maxima = new float[0];
    private float[] sums = new float[0];
    private boolean hasMaxima;

    private float[] logits;
    private int start;
    private int numTokens;
    private int numBlocks;
    private float max;
    private Phase phase;
    private float inverse;

    /** What the sums are of; 0 for nothing yet. */
    private float summedTemperature;

    private double total;

    /** With a team, calls must not come from inside a task of it. */
    LogitBlocks(Optional<WorkerPool> team) {
        this.team = team;
    }

    /** Takes a row and finds the maxima; NaN is passed over here and shows in {@link #expSum}. */
    void scan(float[] newLogits, int newStart, int newNumTokens) {
        logits = newLogits;
        start = newStart;
        numTokens = newNumTokens;
        numBlocks = Math.ceilDiv(numTokens, BLOCK);
        if (maxima.length < numBlocks) {
            maxima = new float[numBlocks];
            sums = new float[numBlocks];
            maxLanes = new float[numBlocks * F.length()];
            sumLanes = new float[numBlocks * F.length()];
        }
        hasMaxima = false;
        summedTemperature = 0;
        fillPadded();
        share(Phase.MAXIMA);
        max = largest(maxLanes, 0, numBlocks * F.length());
    }

    private void share(Phase newPhase) {
        phase = newPhase;
        int chunks = Math.ceilDiv(numBlocks, CHUNK_BLOCKS);
        if (team.isPresent()) {
            team.get().run(this, chunks);
        } else {
            for (int chunk = 0; chunk < chunks; chunk++) {
                run(0, chunk);
            }
        }
    }

    @Override
    public void run(int worker, int chunk) {
        int from = chunk * CHUNK_BLOCKS;
        int to = Math.min(numBlocks, from + CHUNK_BLOCKS);
        int whole = Math.min(to, numTokens / BLOCK);
        // one call for both kinds of blocks: a second inlined copy would exceed the compiler's
        // node budget and box its vectors
        for (int first = from; first < to; ) {
            boolean isPadded = first == whole;
            int next = isPadded ? to : whole;
            fill(
                    isPadded ? padded : logits,
                    isPadded ? 0 : start + first * BLOCK,
                    first,
                    next - first);
            first = next;
        }
    }

    /** Fills {@code count} blocks from {@code block} on, which stand in x from {@code at} on. */
    private void fill(float[] x, int at, int block, int count) {
        switch (phase) {
            case MAXIMA -> fillMaxima(x, at, count, maxLanes, block * F.length());
            case SUMS -> fillSums(x, at, count, max, inverse, sumLanes, block * F.length());
        }
    }

    /** The last block, when it is not whole, padded with impossible tokens. */
    private void fillPadded() {
        int first = numTokens / BLOCK * BLOCK;
        int rest = numTokens - first;
        System.arraycopy(logits, start + first, padded, 0, rest);
        Arrays.fill(padded, rest, BLOCK, Float.NEGATIVE_INFINITY);
    }

    /** Comparing and blending is faster than max, which orders NaN and zeros. */
    private static void fillMaxima(float[] x, int from, int count, float[] lanes, int at) {
        for (int b = 0; b < count; b++) {
            FloatVector m = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
            int first = from + b * BLOCK;
            for (int i = first; i < first + BLOCK; i += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, i);
                m = m.blend(v, v.compare(VectorOperators.GT, m));
            }
            m.intoArray(lanes, at + b * F.length());
        }
    }

    /** The largest of whole vectors that hold no NaN. */
    private static float largest(float[] x, int from, int count) {
        FloatVector m = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int i = from; i < from + count; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            m = m.blend(v, v.compare(VectorOperators.GT, m));
        }
        return m.reduceLanes(VectorOperators.MAX);
    }

    /** The largest logit of each block; only some questions need them. */
    private void requireMaxima() {
        if (!hasMaxima) {
            for (int b = 0; b < numBlocks; b++) {
                maxima[b] = largest(maxLanes, b * F.length(), F.length());
            }
            hasMaxima = true;
        }
    }

    /** The largest logit that is not NaN. */
    float max() {
        return max;
    }

    /** The lowest token with the largest logit; only when {@link #max} is finite. */
    int argmax() {
        int token = firstEqual(maxLanes, numBlocks * F.length(), max) / F.length() * BLOCK;
        while (logits[start + token] != max) {
            token++;
        }
        return token;
    }

    /** Index of the first of whole vectors' elements that equals a value which is there. */
    private static int firstEqual(float[] x, int count, float value) {
        for (int i = 0; i < count; i += F.length()) {
            VectorMask<Float> equal = FloatVector.fromArray(F, x, i).eq(value);
            if (equal.anyTrue()) {
                return i + equal.firstTrue();
            }
        }
        throw new IllegalStateException("no element is " + value);
    }

    /**
     * Sum of {@code exp((logit - max) / temperature)}; NaN if a logit is NaN or none is finite.
     * Also fills the sums of the blocks that {@link #draw} walks.
     */
    double expSum(float temperature) {
        if (temperature != summedTemperature) {
            inverse = (float) (LOG2_E / temperature);
            share(Phase.SUMS);
            LaneSums.reduce(sumLanes, numBlocks, sums, 0);
            total = 0;
            for (int b = 0; b < numBlocks; b++) {
                total += sums[b];
            }
            summedTemperature = temperature;
        }
        return total;
    }

    /** Base 2 saves the product with log2(e); what that loses is far below the largest term. */
    private static void fillSums(
            float[] x, int from, int count, float max, float inverse, float[] lanes, int at) {
        for (int b = 0; b < count; b++) {
            FloatVector sum = FloatVector.zero(F);
            int first = from + b * BLOCK;
            for (int i = first; i < first + BLOCK; i += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, i).sub(max).mul(inverse);
                sum = sum.add(VectorExp.exp2(v));
            }
            sum.intoArray(lanes, at + b * F.length());
        }
    }

    /**
     * The k-th largest block maximum, at most the k-th largest logit; -infinity if fewer blocks.
     */
    float lowerBoundOfKthLargest(int k, long[] scratch) {
        if (k > numBlocks) {
            return Float.NEGATIVE_INFINITY;
        }
        requireMaxima();
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
        requireMaxima();
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

    /** Draws from all tokens. */
    int draw(float temperature, double u) {
        double target = u * expSum(temperature);
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
