package dev.nightjar.kernels.backend;

/**
 * Which tokens of a ragged batch belong to which sequence and where their keys and values lie.
 * Persistent: the host refills the buffers before each step and sets {@link #numSequences}.
 *
 * <p>Sequence {@code s} owns query rows {@code [queryStart[s], queryStart[s+1])}; its context has
 * {@code contextLength[s]} tokens including those rows, so row {@code r} stands at position {@code
 * contextLength[s] - (queryStart[s+1] - r)} and attends to all positions up to its own. Position
 * {@code p} lies in block {@code blockTables[s * maxBlocks + p / P]}.
 */
public final class AttentionMetadata {

    private final IndexBuffer queryStart;
    private final IndexBuffer contextLength;
    private final IndexBuffer blockTables;
    private final int maxBlocks;
    private int numSequences;

    /**
     * Takes the three buffers.
     *
     * @param queryStart {@code [S + 1]}
     * @param contextLength {@code [S]}
     * @param blockTables {@code [S, maxBlocks]}
     * @param maxBlocks row length of {@code blockTables}
     */
    public AttentionMetadata(
            IndexBuffer queryStart,
            IndexBuffer contextLength,
            IndexBuffer blockTables,
            int maxBlocks) {
        this.queryStart = queryStart;
        this.contextLength = contextLength;
        this.blockTables = blockTables;
        this.maxBlocks = maxBlocks;
    }

    /** Offsets of the sequences' query rows. */
    public IndexBuffer queryStart() {
        return queryStart;
    }

    /** Tokens per sequence, those of this step included. */
    public IndexBuffer contextLength() {
        return contextLength;
    }

    /** Block ids, {@code maxBlocks} per sequence. */
    public IndexBuffer blockTables() {
        return blockTables;
    }

    /** Row length of the block tables. */
    public int maxBlocks() {
        return maxBlocks;
    }

    /** Sequences in this step. */
    public int numSequences() {
        return numSequences;
    }

    /** Sets the number of sequences and commits the buffers. */
    public void commit(int sequences) {
        numSequences = sequences;
        queryStart.commit(sequences + 1);
        contextLength.commit(sequences);
        blockTables.commit(sequences * maxBlocks);
    }
}
