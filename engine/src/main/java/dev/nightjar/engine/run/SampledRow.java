package dev.nightjar.engine.run;

import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.ArrayList;
import java.util.List;

/** Reads the results of the sampling op. */
final class SampledRow {

    private SampledRow() {}

    /** What a row reports. */
    static TokenEvent.Token read(SamplingBatch batch, int row) {
        int top = row * SamplingBatch.MAX_TOP;
        return new TokenEvent.Token(
                batch.token[row],
                batch.logprob[row],
                candidates(batch.topToken, batch.topLogprob, top, batch.topCount[row]));
    }

    /** The alternatives from {@code from} on; fewer than {@code count} where no more are there. */
    static List<TokenEvent.Candidate> candidates(
            int[] tokens, float[] logprobs, int from, int count) {
        if (count == 0) {
            return List.of();
        }
        List<TokenEvent.Candidate> top = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            if (tokens[i] != SamplingBatch.NONE) {
                top.add(new TokenEvent.Candidate(tokens[i], logprobs[i]));
            }
        }
        return top;
    }
}
