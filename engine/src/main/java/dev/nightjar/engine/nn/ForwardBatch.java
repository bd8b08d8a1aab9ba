package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.StepReplay;

/**
 * The inputs of one step: T tokens of several sequences packed without padding, unless {@link
 * #padTo} adds some. Persistent: the runner refills it before each forward pass; nothing is
 * allocated per step.
 */
public final class ForwardBatch {

    private final int blockSize;
    private final int maxTokens;
    private final IndexBuffer ids;
    private final IndexBuffer positions;
    private final IndexBuffer slots;
    private final IndexBuffer logitRows;
    private final AttentionMetadata attention;
    private int numTokens;
    private int numSequences;
    private int numLogitRows;

    /**
     * Allocates the buffers.
     *
     * @param maxTokens most tokens per step
     * @param maxSequences most sequences per step, also the most logit rows
     * @param maxContext most tokens per sequence
     * @param blockSize P, tokens per KV block
     */
    public ForwardBatch(
            Backend backend, int maxTokens, int maxSequences, int maxContext, int blockSize) {
        this.blockSize = blockSize;
        this.maxTokens = maxTokens;
        this.ids = backend.allocateIndex(maxTokens);
        this.positions = backend.allocateIndex(maxTokens);
        this.slots = backend.allocateIndex(maxTokens);
        this.logitRows = backend.allocateIndex(maxSequences);
        int maxBlocks = Math.ceilDiv(maxContext, blockSize);
        this.attention =
                new AttentionMetadata(
                        backend.allocateIndex(maxSequences + 1),
                        backend.allocateIndex(maxSequences),
                        backend.allocateIndex(Math.multiplyExact(maxSequences, maxBlocks)),
                        maxBlocks);
    }

    /** Empties the batch. */
    public void clear() {
        numTokens = 0;
        numSequences = 0;
        numLogitRows = 0;
    }

    /** Opens the next sequence, whose context will be {@code contextLength} after this step. */
    public void beginSequence(int contextLength) {
        attention.queryStart().host()[numSequences] = numTokens;
        attention.contextLength().host()[numSequences] = contextLength;
        numSequences++;
    }

    /** Sets entry {@code index} of the open sequence's block table. */
    public void setBlock(int index, int block) {
        int row = numSequences - 1;
        attention.blockTables().host()[row * attention.maxBlocks() + index] = block;
    }

    /** Adds the open sequence's token at {@code position}, whose block must be set already. */
    public void addToken(int id, int position) {
        int row = numSequences - 1;
        int[] blocks = attention.blockTables().host();
        int block = blocks[row * attention.maxBlocks() + position / blockSize];
        ids.host()[numTokens] = id;
        positions.host()[numTokens] = position;
        slots.host()[numTokens] = block * blockSize + position % blockSize;
        numTokens++;
    }

    /** Asks for the logits of the token added last; returns their row in the result. */
    public int wantLogits() {
        logitRows.host()[numLogitRows] = numTokens - 1;
        return numLogitRows++;
    }

    /**
     * Adds rows to a step of decoding whose results are nobody's, until there are {@code rows}.
     * They are computed from what the last sequence has in its cache and keep nothing there.
     */
    public void padTo(int rows) {
        int id = ids.host()[numTokens - 1];
        int block = slots.host()[numTokens - 1] / blockSize;
        while (numTokens < rows) {
            beginSequence(1);
            setBlock(0, block);
            ids.host()[numTokens] = id;
            positions.host()[numTokens] = 0;
            slots.host()[numTokens] = StepReplay.NO_SLOT;
            numTokens++;
            wantLogits();
        }
    }

    /** Whether each sequence has one token, whose logits are wanted. */
    public boolean isDecoding() {
        return numTokens > 0 && numTokens == numSequences && numTokens == numLogitRows;
    }

    /** Hands the inputs to the device. */
    public void commit() {
        attention.queryStart().host()[numSequences] = numTokens;
        ids.commit(numTokens);
        positions.commit(numTokens);
        slots.commit(numTokens);
        logitRows.commit(numLogitRows);
        attention.commit(numSequences);
    }

    /** Most tokens per step. */
    public int maxTokens() {
        return maxTokens;
    }

    /** T. */
    public int numTokens() {
        return numTokens;
    }

    /** Sequences in this step. */
    public int numSequences() {
        return numSequences;
    }

    /** Rows of logits asked for. */
    public int numLogitRows() {
        return numLogitRows;
    }

    /** Token ids {@code [T]}. */
    public IndexBuffer ids() {
        return ids;
    }

    /** Positions in their sequences {@code [T]}. */
    public IndexBuffer positions() {
        return positions;
    }

    /** Slot mapping {@code [T]}: where each token's keys and values go. */
    public IndexBuffer slots() {
        return slots;
    }

    /** Batch rows whose logits are wanted. */
    public IndexBuffer logitRows() {
        return logitRows;
    }

    /** Which rows belong together and where their context lies. */
    public AttentionMetadata attention() {
        return attention;
    }
}
