package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;

/**
 * The first steps of sampling: penalties (repetition, then presence and frequency), added values,
 * then the token mask.
 */
public final class LogitEdits {

    private LogitEdits() {}

    /** Whether row {@code s} changes any logit. */
    public static boolean needed(SamplingBatch batch, int s) {
        return batch.mask[s] != null
                || batch.countStart[s] < batch.countStart[s + 1]
                || batch.editStart[s] < batch.editStart[s + 1];
    }

    /** Edits one row of {@code numTokens} logits in place; forbidden tokens become -infinity. */
    public static void apply(float[] logits, int start, int numTokens, SamplingBatch batch, int s) {
        for (int i = batch.countStart[s]; i < batch.countStart[s + 1]; i++) {
            int at = start + requireToken("counted token", batch.countToken[i], numTokens);
            logits[at] = penalize(logits[at], batch, s, i);
        }
        for (int i = batch.editStart[s]; i < batch.editStart[s + 1]; i++) {
            int at = start + requireToken("edited token", batch.editToken[i], numTokens);
            logits[at] += batch.editValue[i];
        }
        if (batch.mask[s] != null) {
            mask(logits, start, numTokens, batch.mask[s]);
        }
    }

    private static int requireToken(String what, int token, int numTokens) {
        return CpuMatrices.requireIndex(what, token, numTokens);
    }

    private static float penalize(float logit, SamplingBatch batch, int s, int i) {
        float edited = logit;
        if (batch.countRepeated[i]) {
            float repetition = batch.repetitionPenalty[s];
            edited = logit > 0 ? logit / repetition : logit * repetition;
        }
        int generated = batch.countGenerated[i];
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
        for (int first = 0; first < numTokens; first += Long.SIZE) {
            long forbidden = ~allowed[first / Long.SIZE];
            int end = Math.min(numTokens, first + Long.SIZE);
            if (forbidden == -1) {
                Arrays.fill(logits, start + first, start + end, Float.NEGATIVE_INFINITY);
            } else {
                forbid(logits, start + first, forbidden & -1L >>> first + Long.SIZE - end);
            }
        }
    }

    /** Goes from bit to bit: asking each whether it is set would guess wrong too often. */
    private static void forbid(float[] logits, int start, long bits) {
        for (long left = bits; left != 0; left &= left - 1) {
            logits[start + Long.numberOfTrailingZeros(left)] = Float.NEGATIVE_INFINITY;
        }
    }
}
