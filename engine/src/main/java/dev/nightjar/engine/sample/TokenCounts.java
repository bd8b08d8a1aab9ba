package dev.nightjar.engine.sample;

import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;

/**
 * Which tokens a sequence has seen: how often it generated each, and how often each stands in the
 * window of the repetition penalty. One entry per distinct token.
 */
final class TokenCounts {

    private final TokenHistory history;
    private final int window;

    /** Where a token's entry is, by open addressing: entry + 1, or 0 for none. */
    private int[] slots = new int[256];

    private int[] tokens = new int[64];
    private int[] generated = new int[64];
    private int[] repeated = new int[64];
    private int size;

    /**
     * Counts what is noted in a history.
     *
     * @param window how many of its last tokens count as repeated
     */
    TokenCounts(TokenHistory history, int window) {
        this.history = history;
        this.window = window;
        for (int position = Math.max(0, history.size() - window);
                position < history.size();
                position++) {
            addRepeated(history.token(position), 1);
        }
    }

    /** Counts a generated token, the last one of the history. */
    void addGenerated(int token) {
        int entry = entry(token); // first, as it may replace the arrays
        generated[entry]++;
        if (window == 0) {
            return;
        }
        addRepeated(token, 1);
        int leaving = history.size() - 1 - window;
        if (leaving >= 0) {
            addRepeated(history.token(leaving), -1);
        }
    }

    private void addRepeated(int token, int count) {
        int entry = entry(token);
        repeated[entry] += count;
    }

    /** Appends all entries that matter to a row's counts. */
    void fill(SamplingBatch batch, int row) {
        int at = batch.countStart[row];
        batch.reserveCounts(at + size);
        for (int i = 0; i < size; i++) {
            if (generated[i] > 0 || repeated[i] > 0) {
                batch.countToken[at] = tokens[i];
                batch.countGenerated[at] = generated[i];
                batch.countRepeated[at++] = repeated[i] > 0;
            }
        }
        batch.countStart[row + 1] = at;
    }

    private int entry(int token) {
        int slot = slot(token);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == tokens.length) {
            grow();
            slot = slot(token);
        }
        tokens[size] = token;
        slots[slot] = ++size;
        return size - 1;
    }

    /** The slot of the token's entry, or the free one where it belongs. */
    private int slot(int token) {
        int mask = slots.length - 1;
        int slot = token * 0x9E3779B9 >>> 8 & mask;
        while (slots[slot] > 0 && tokens[slots[slot] - 1] != token) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Four slots per entry keep searches short. */
    private void grow() {
        tokens = Arrays.copyOf(tokens, 2 * size);
        generated = Arrays.copyOf(generated, 2 * size);
        repeated = Arrays.copyOf(repeated, 2 * size);
        slots = new int[2 * slots.length];
        for (int entry = 0; entry < size; entry++) {
            slots[slot(tokens[entry])] = entry + 1;
        }
    }
}
