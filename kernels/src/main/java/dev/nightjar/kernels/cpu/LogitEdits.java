package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.SamplingBatch;

/**
 * The first two steps of sampling: penalties (repetition, then presence and frequency), then the
 * token mask.
 */
public final class LogitEdits {

    private LogitEdits() {}

    /** Whether row {@code s} changes any logit. */
    public static boolean needed(SamplingBatch batch, int s) {
        return batch.mask[s] != null || batch.countStart[s] < batch.countStart[s + 1];
    }

    /** Edits one row of {@code numTokens} logits in place; forbidden tokens become -infinity. */
    public static void apply(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        for (int i = batch.countStart[s]; i < batch.countStart[s + 1]; i++) {
            int at =
                    start
                            + CpuMatrices.requireIndex(
                                    "counted token", batch.countToken[i], numTokens);
            logits[at] = penalize(logits[at], batch, s, batch.countGenerated[i]);
        }
        if (batch.mask[s] != null) {
            mask(logits, start, numTokens, batch.mask[s]);
        }
    }

    private static float penalize(float logit, SamplingBatch batch, int s, int generated) {
        float repetition = batch.repetitionPenalty[s];
        float edited = logit > 0 ? logit / repetition : logit * repetition;
        if (generated > 0) {
            edited -= batch.presencePenalty[s] + batch.frequencyPenalty[s] * generated;
        }
        return edited;
    }

    private static void mask(float[] logits, int start, int numTokens, long[] allowed) {
        if (allowed.length < Math.ceilDiv(numTokens, Long.SIZE)) {
            throw new IllegalArgumentException(
                    "a mask of %d tokens has %d words, found %d"
                            .formatted(
                                    numTokens, Math.ceilDiv(numTokens, Long.SIZE), allowed.length));
        }
        for (int token = 0; token < numTokens; token++) {
            if ((allowed[token / Long.SIZE] >>> token & 1) == 0) {
                logits[start + token] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
