package dev.nightjar.engine.model.encoder;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;

/**
 * The inputs of one step: T tokens of S sequences packed without padding. Persistent: it is
 * refilled before each step and grows only when a step is larger than any before.
 */
public final class EncoderBatch {

    private final Backend backend;
    private IndexBuffer ids;
    private IndexBuffer types;
    private IndexBuffer positions;
    private IndexBuffer starts;
    private IndexBuffer lastRows;
    private IndexBuffer skipped;
    private boolean skipsTokens;
    private int numTokens;
    private int numSequences;

    /** Allocates for steps of {@code tokens} tokens. */
    public EncoderBatch(Backend backend, int tokens) {
        this.backend = backend;
        ids = backend.allocateIndex(tokens);
        types = backend.allocateIndex(tokens);
        positions = backend.allocateIndex(tokens);
        starts = backend.allocateIndex(tokens + 1);
        lastRows = backend.allocateIndex(tokens);
        skipped = backend.allocateIndex(tokens);
    }

    /** Empties the batch. */
    public void clear() {
        numTokens = 0;
        numSequences = 0;
        skipsTokens = false;
    }

    /** Adds a sequence of at least one token with its token types, one for each. */
    public void add(int[] sequence, int[] typeIds) {
        add(sequence, typeIds, 0);
    }

    /** As {@link #add(int[], int[])}; the first {@code numSkipped} tokens are not pooled. */
    public void add(int[] sequence, int[] typeIds, int numSkipped) {
        reserve(numTokens + sequence.length);
        System.arraycopy(sequence, 0, ids.host(), numTokens, sequence.length);
        System.arraycopy(typeIds, 0, types.host(), numTokens, sequence.length);
        for (int i = 0; i < sequence.length; i++) {
            positions.host()[numTokens + i] = i;
        }
        starts.host()[numSequences] = numTokens;
        skipped.host()[numSequences] = numSkipped;
        skipsTokens |= numSkipped > 0;
        numTokens += sequence.length;
        lastRows.host()[numSequences++] = numTokens - 1;
    }

    /** Hands the inputs to the device. */
    public void commit() {
        starts.host()[numSequences] = numTokens;
        ids.commit(numTokens);
        types.commit(numTokens);
        positions.commit(numTokens);
        starts.commit(numSequences + 1);
        lastRows.commit(numSequences);
        skipped.commit(numSequences);
    }

    private void reserve(int tokens) {
        if (tokens > ids.host().length) {
            ids = grown(ids, tokens);
            types = grown(types, tokens);
            positions = grown(positions, tokens);
            starts = grown(starts, tokens + 1);
            lastRows = grown(lastRows, tokens);
            skipped = grown(skipped, tokens);
        }
    }

    private IndexBuffer grown(IndexBuffer old, int capacity) {
        IndexBuffer larger = backend.allocateIndex(capacity);
        System.arraycopy(old.host(), 0, larger.host(), 0, old.host().length);
        return larger;
    }

    /** T. */
    public int numTokens() {
        return numTokens;
    }

    /** S. */
    public int numSequences() {
        return numSequences;
    }

    /** Token ids {@code [T]}. */
    public IndexBuffer ids() {
        return ids;
    }

    /** Token types {@code [T]}. */
    IndexBuffer types() {
        return types;
    }

    /** Positions in their sequences {@code [T]}. */
    IndexBuffer positions() {
        return positions;
    }

    /** First rows of the sequences, and T {@code [S + 1]}. */
    public IndexBuffer starts() {
        return starts;
    }

    /** Last rows of the sequences {@code [S]}. */
    IndexBuffer lastRows() {
        return lastRows;
    }

    /** Tokens at the beginning of the sequences that are not pooled {@code [S]}. */
    IndexBuffer skipped() {
        return skipped;
    }

    /** Whether any are. */
    boolean skipsTokens() {
        return skipsTokens;
    }
}
