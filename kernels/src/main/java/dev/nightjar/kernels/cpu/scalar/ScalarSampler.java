package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CounterRandom;
import dev.nightjar.kernels.cpu.FilterChain;
import dev.nightjar.kernels.cpu.KeySort;
import dev.nightjar.kernels.cpu.LogitEdits;
import dev.nightjar.kernels.cpu.SampleDraw;
import dev.nightjar.kernels.cpu.SamplingRules;
import dev.nightjar.kernels.cpu.TopReport;

/**
 * The reference of sampling: sorts the whole vocabulary and sums in double.
 *
 * <p>Ties are broken by the lower token. The kept tokens are drawn from in order of their ids: the
 * token is the first whose running sum exceeds {@code u * total}.
 */
public final class ScalarSampler {

    private float[] edited = new float[0];
    private long[] keys = new long[0];

    /** Starts without scratch memory; it grows on first use. */
    public ScalarSampler() {}

    /** Samples row {@code s} of the batch from {@code logits[start..start + numTokens)}. */
    public void sample(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        batch.token[s] = SamplingRules.NO_TOKEN;
        batch.logprob[s] = Float.NaN;
        double normalizer = logSumExp(logits, start, numTokens);
        if (!Double.isFinite(normalizer)) {
            return;
        }
        if (edited.length < numTokens) {
            edited = new float[numTokens];
            keys = new long[numTokens];
        }
        System.arraycopy(logits, start, edited, 0, numTokens);
        reportTop(numTokens, batch, s, normalizer);
        int token = batch.given[s];
        if (token == SamplingBatch.NONE) {
            LogitEdits.apply(edited, 0, numTokens, batch, s);
            token = choose(numTokens, batch, s);
        }
        if (token != SamplingRules.NO_TOKEN) {
            batch.token[s] = token;
            batch.logprob[s] = (float) (logits[start + token] - normalizer);
        }
    }

    private void reportTop(int numTokens, SamplingBatch batch, int s, double normalizer) {
        if (batch.topCount[s] > 0) {
            int count = Math.min(batch.topCount[s], sortAllowed(numTokens));
            TopReport.write(batch, s, keys, count, normalizer);
        }
    }

    /** NaN or infinite if the row cannot be sampled. */
    private static double logSumExp(float[] logits, int start, int numTokens) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = start; i < start + numTokens; i++) {
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = start; i < start + numTokens; i++) {
            sum += Math.exp((double) logits[i] - max);
        }
        return max + Math.log(sum);
    }

    private int choose(int numTokens, SamplingBatch batch, int s) {
        int allowed = sortAllowed(numTokens);
        float temperature = FilterChain.temperature(batch, s);
        if (allowed == 0 || temperature == 0) {
            return allowed == 0 ? SamplingRules.NO_TOKEN : SamplingRules.token(keys[0]);
        }
        float max = SamplingRules.logit(keys[0]);
        if (max == Float.POSITIVE_INFINITY) {
            return SamplingRules.NO_TOKEN;
        }
        int kept = FilterChain.apply(0, keys, allowed, batch, s);
        double u = CounterRandom.uniform(batch.seed[s], batch.position[s]);
        return SampleDraw.draw(keys, kept, edited, 0, max, temperature, u);
    }

    /** Fills the keys in descending order; how many tokens have a probability above 0. */
    private int sortAllowed(int numTokens) {
        int allowed = 0;
        for (int token = 0; token < numTokens; token++) {
            if (edited[token] > Float.NEGATIVE_INFINITY) {
                keys[allowed++] = SamplingRules.key(edited[token], token);
            }
        }
        KeySort.sort(keys, 0, allowed);
        return allowed;
    }
}
