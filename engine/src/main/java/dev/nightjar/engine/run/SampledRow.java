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
        return new TokenEvent.Token(batch.token[row], batch.logprob[row], top(batch, row));
    }

    private static List<TokenEvent.Candidate> top(SamplingBatch batch, int row) {
        int count = batch.topCount[row];
        if (count == 0) {
            return List.of();
        }
        List<TokenEvent.Candidate> top = new ArrayList<>(count);
        for (int i = row * SamplingBatch.MAX_TOP; i < row * SamplingBatch.MAX_TOP + count; i++) {
            if (batch.topToken[i] != SamplingBatch.NONE) {
                top.add(new TokenEvent.Candidate(batch.topToken[i], batch.topLogprob[i]));
            }
        }
        return top;
    }
}
