package dev.nightjar.kernels.cpu.simd.sample;

import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CounterRandom;
import dev.nightjar.kernels.cpu.FilterChain;
import dev.nightjar.kernels.cpu.KeySort;
import dev.nightjar.kernels.cpu.LogitEdits;
import dev.nightjar.kernels.cpu.SampleDraw;
import dev.nightjar.kernels.cpu.SamplingRules;
import dev.nightjar.kernels.cpu.TopReport;
import dev.nightjar.kernels.cpu.TypicalFilter;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Optional;

/**
 * Samples one row at a time without sorting the vocabulary: candidates are found by a threshold,
 * and only they are ordered. Chooses the token that the scalar reference chooses, unless a sum of
 * the whole row decides and lies within rounding of the border.
 */
public final class VectorSampler {

    private final LogitBlocks blocks;
    private float[] edited = new float[0];
    private long[] keys = new long[0];

    /** With a team, its threads share each row; calls must not come from inside a task of it. */
    VectorSampler(Optional<WorkerPool> team) {
        blocks = new LogitBlocks(team);
    }

    /** Samples row {@code s} of the batch from {@code logits[start..start + numTokens)}. */
    void sample(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        batch.token[s] = SamplingRules.NO_TOKEN;
        batch.logprob[s] = Float.NaN;
        blocks.scan(logits, start, numTokens);
        double normalizer = blocks.max() + Math.log(blocks.expSum(1));
        if (!Double.isFinite(normalizer)) {
            return;
        }
        reportTop(numTokens, batch, s, normalizer);
        int token = batch.given[s];
        if (token == SamplingBatch.NONE) {
            token = chooseEdited(logits, start, numTokens, batch, s);
        }
        if (token != SamplingRules.NO_TOKEN) {
            batch.token[s] = token;
            batch.logprob[s] = (float) (logits[start + token] - normalizer);
        }
    }

    private void reportTop(int numTokens, SamplingBatch batch, int s, double normalizer) {
        if (batch.topCount[s] > 0) {
            reserveKeys(numTokens);
            TopReport.write(batch, s, keys, topK(batch.topCount[s]), normalizer);
        }
    }

    private int chooseEdited(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        if (!LogitEdits.needed(batch, s)) {
            return choose(logits, start, numTokens, batch, s);
        }
        float[] row = edit(logits, start, numTokens, batch, s);
        blocks.scan(row, 0, numTokens);
        return choose(row, 0, numTokens, batch, s);
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
        float temperature = FilterChain.temperature(batch, s);
        if (temperature == 0 && max > Float.NEGATIVE_INFINITY) {
            return blocks.argmax();
        }
        if (Float.isInfinite(max)) {
            return SamplingRules.NO_TOKEN;
        }
        double u = CounterRandom.uniform(batch.seed[s], batch.position[s]);
        int first = FilterChain.nextActive(0, numTokens, batch, s);
        if (first == batch.filters[s].length) {
            return blocks.draw(temperature, u);
        }
        reserveKeys(numTokens);
        int kept = keepFirst(first, batch, s);
        if (FilterChain.needOrder(first + 1, kept, batch, s)) {
            KeySort.sort(keys, 0, kept);
        }
        kept = FilterChain.apply(first + 1, keys, kept, batch, s);
        return SampleDraw.draw(keys, kept, row, start, max, temperature, u);
    }

    private void reserveKeys(int numTokens) {
        if (keys.length < numTokens) {
            keys = new long[numTokens];
        }
    }

    /** The first filter sees the whole row, and looks at the few blocks that matter. */
    private int keepFirst(int index, SamplingBatch batch, int s) {
        FilterStep filter = batch.filters[s][index];
        float temperature = FilterChain.temperatureAt(batch, s, index);
        return switch (filter) {
            case TEMPERATURE -> throw new IllegalStateException("temperature keeps all tokens");
            case TOP_K -> topK(batch.topK[s]);
            case TYPICAL -> typical(temperature, batch.typicalP[s]);
            case TOP_P -> topP(temperature, batch.topP[s]);
            case MIN_P ->
                    blocks.collect(
                            SamplingRules.minPFloor(blocks.max(), temperature, batch.minP[s]),
                            keys);
        };
    }

    /** The k largest, sorted: each of k blocks holds a logit of at least the k-th block maximum. */
    private int topK(int k) {
        int count = blocks.collect(blocks.lowerBoundOfKthLargest(k, keys), keys);
        int kept = Math.min(k, count);
        KeySelect.smallest(keys, count, kept);
        KeySort.sort(keys, 0, kept);
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

    /** Only what lies within a widening distance of the mean needs to be sorted. */
    private int typical(float temperature, float typicalP) {
        float max = blocks.max();
        int count = blocks.collect(Float.NEGATIVE_INFINITY, keys);
        double total = TypicalFilter.mass(keys, count, max, temperature);
        double mean = TypicalFilter.mean(keys, count, max, temperature, total);
        double limit = typicalP * total;
        for (double distance = 1; distance < 100; distance *= 2) {
            if (massWithin(distance, count, max, temperature, mean) >= limit) {
                count = keepWithin(distance, count, max, temperature, mean);
                break;
            }
        }
        KeySort.sort(keys, 0, count);
        return TypicalFilter.keep(keys, count, max, temperature, mean, limit);
    }

    private double massWithin(
            double distance, int count, float max, float temperature, double mean) {
        double mass = 0;
        for (int i = 0; i < count; i++) {
            double x = TypicalFilter.relative(keys[i], max, temperature);
            if (Math.abs(x - mean) <= distance) {
                mass += Math.exp(x);
            }
        }
        return mass;
    }

    private int keepWithin(double distance, int count, float max, float temperature, double mean) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (Math.abs(TypicalFilter.relative(keys[i], max, temperature) - mean) <= distance) {
                keys[kept++] = keys[i];
            }
        }
        return kept;
    }
}
