package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;

/**
 * One sequence's sampling: its knobs, its random stream and the counts its penalties need. The
 * random stream is keyed by (seed + choice, position in the completion) and nothing else, so a draw
 * depends neither on the batch nor on the request's id.
 */
public final class SamplingState {

    private final SamplingParams params;
    private final long seed;
    private final TokenCounts counts;
    private int position;

    /**
     * Starts a completion.
     *
     * @param seed the request's seed, or the one drawn at its admission
     * @param choice index among the request's choices
     */
    public SamplingState(SamplingParams params, long seed, int choice, int[] promptIds) {
        this.params = params;
        this.seed = seed + choice;
        this.counts = params.hasPenalties() ? new TokenCounts() : null;
        if (counts != null) {
            for (int id : promptIds) {
                counts.addPrompt(id);
            }
        }
    }

    /** Tokens drawn so far. */
    public int position() {
        return position;
    }

    /** Notes the drawn token and moves on to the next position. */
    public void advance(int token) {
        position++;
        if (counts != null) {
            counts.addGenerated(token);
        }
    }

    /**
     * Fills row {@code row}; rows are filled in order from 0, as count ranges follow each other.
     */
    public void fill(SamplingBatch batch, int row) {
        batch.temperature[row] = params.temperature();
        batch.topK[row] = params.topK();
        batch.topP[row] = params.topP();
        batch.minP[row] = params.minP();
        batch.repetitionPenalty[row] = params.repetitionPenalty();
        batch.presencePenalty[row] = params.presencePenalty();
        batch.frequencyPenalty[row] = params.frequencyPenalty();
        batch.seed[row] = seed;
        batch.position[row] = position;
        batch.mask[row] = null;
        fillCounts(batch, row);
    }

    private void fillCounts(SamplingBatch batch, int row) {
        int start = row == 0 ? 0 : batch.countStart[row];
        int size = counts == null ? 0 : counts.size();
        if (start + size > batch.countToken.length) {
            int capacity = Math.max(start + size, 2 * batch.countToken.length);
            batch.countToken = Arrays.copyOf(batch.countToken, capacity);
            batch.countGenerated = Arrays.copyOf(batch.countGenerated, capacity);
        }
        if (counts != null) {
            counts.copyTo(batch.countToken, batch.countGenerated, start);
        }
        batch.countStart[row] = start;
        batch.countStart[row + 1] = start + size;
    }
}
