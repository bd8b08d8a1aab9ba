package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CounterRandom;
import dev.nightjar.kernels.cpu.LogitEdits;
import dev.nightjar.kernels.cpu.SampleDraw;
import dev.nightjar.kernels.cpu.SamplingRules;
import java.util.Arrays;

/**
 * Samples one row at a time without sorting the vocabulary: candidates are found by a threshold,
 * and only they are ordered. Chooses the token that the scalar reference chooses, unless a sum of
 * the whole row decides and lies within rounding of the border.
 */
final class VectorSampler {

    private final LogitBlocks blocks = new LogitBlocks();
    private float[] edited = new float[0];
    private long[] keys = new long[0];

    /** Samples row {@code s} of the batch from {@code logits[start..start + numTokens)}. */
    void sample(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        batch.token[s] = SamplingRules.NO_TOKEN;
        batch.logprob[s] = Float.NaN;
        blocks.scan(logits, start, numTokens);
        double normalizer = blocks.max() + Math.log(blocks.expSum(1));
        if (!Double.isFinite(normalizer)) {
            return;
        }
        float[] row = logits;
        int rowStart = start;
        if (LogitEdits.needed(batch, s)) {
            row = edit(logits, start, numTokens, batch, s);
            rowStart = 0;
            blocks.scan(row, 0, numTokens);
        }
        int token = choose(row, rowStart, numTokens, batch, s);
        if (token != SamplingRules.NO_TOKEN) {
            batch.token[s] = token;
            batch.logprob[s] = (float) (logits[start + token] - normalizer);
        }
    }

    private float[] edit(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        if (edited.length < numTokens) {
            edited = new float[numTokens];
        }
        System.arraycopy(logits, start, edited, 0, numTokens);
        LogitEdits.apply(edited, 0, numTokens, batch, s);
        return edited;
    }

    private int choose(float[] row, int start, int numTokens, SamplingBatch batch, int s) {
        float max = blocks.max();
        float temperature = batch.temperature[s];
        if (temperature == 0 && max > Float.NEGATIVE_INFINITY) {
            return blocks.argmax();
        }
        if (Float.isInfinite(max)) {
            return SamplingRules.NO_TOKEN;
        }
        double u = CounterRandom.uniform(batch.seed[s], batch.position[s]);
        float floor = SamplingRules.minPFloor(max, temperature, batch.minP[s]);
        boolean hasTopK = batch.topK[s] > 0 && batch.topK[s] < numTokens;
        if (!hasTopK && batch.topP[s] >= 1 && floor == Float.NEGATIVE_INFINITY) {
            return blocks.draw(temperature, blocks.expSum(temperature), u);
        }
        if (keys.length < numTokens) {
            keys = new long[numTokens];
        }
        int kept;
        if (hasTopK) {
            kept = topK(batch.topK[s]);
            kept = SampleDraw.topP(keys, kept, max, temperature, batch.topP[s]);
        } else if (batch.topP[s] < 1) {
            kept = topP(temperature, batch.topP[s]);
        } else {
            kept = blocks.collect(floor, keys);
        }
        kept = SampleDraw.minP(keys, kept, floor);
        return SampleDraw.draw(keys, kept, row, start, max, temperature, u);
    }

    /** The k largest, sorted: each of k blocks holds a logit of at least the k-th block maximum. */
    private int topK(int k) {
        int count = blocks.collect(blocks.lowerBoundOfKthLargest(k, keys), keys);
        int kept = Math.min(k, count);
        KeySelect.smallest(keys, count, kept);
        Arrays.sort(keys, 0, kept);
        return kept;
    }

    /** Candidates within a widening distance of the largest, until they hold the mass. */
    private int topP(float temperature, float topP) {
        float max = blocks.max();
        double limit = topP * blocks.expSum(temperature);
        for (float distance = 4; ; distance *= 1.5f) {
            boolean isAll = distance > 100;
            float floor = isAll ? Float.NEGATIVE_INFINITY : max - distance * temperature;
            int count = blocks.collect(floor, keys);
            double mass = 0;
            for (int i = 0; i < count && mass < limit; i++) {
                mass += SamplingRules.weight(SamplingRules.logit(keys[i]), max, temperature);
            }
            if (mass >= limit || isAll) {
                return KeySelect.smallestWithMass(keys, count, limit, max, temperature);
            }
        }
    }
}
