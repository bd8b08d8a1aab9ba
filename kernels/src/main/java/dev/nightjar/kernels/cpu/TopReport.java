package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.SamplingBatch;

/** Writes the most likely tokens of a row into a batch's results. */
public final class TopReport {

    private TopReport() {}

    /**
     * Takes the first {@code count} keys, sorted, and leaves the rest of the row's places empty.
     *
     * @param normalizer log of the sum of exponentials of the row's logits
     */
    public static void write(
            SamplingBatch batch, int s, long[] keys, int count, double normalizer) {
        int first = s * SamplingBatch.MAX_TOP;
        for (int i = 0; i < SamplingBatch.MAX_TOP; i++) {
            boolean isThere = i < count;
            batch.topToken[first + i] = isThere ? SamplingRules.token(keys[i]) : SamplingBatch.NONE;
            batch.topLogprob[first + i] =
                    isThere
                            ? (float) (SamplingRules.logit(keys[i]) - normalizer)
                            : Float.NEGATIVE_INFINITY;
        }
    }
}
