package dev.nightjar.engine.metrics;

/**
 * Where a model's memory goes.
 *
 * @param weightBytes the checkpoint's tensors plus what the backend repacked
 * @param kvBytes the whole KV pool; committed as it is first used
 * @param kvBlocks B, blocks in the pool
 * @param blockSize P, tokens per block
 * @param workspaceBytes activations of the largest step
 * @param maxContext most tokens per sequence: what was asked for, the model trained for and the
 *     pool can hold, whichever is least
 */
public record MemoryPlan(
        long weightBytes,
        long kvBytes,
        int kvBlocks,
        int blockSize,
        long workspaceBytes,
        int maxContext) {

    /** Tokens the pool holds. */
    public long kvTokens() {
        return (long) kvBlocks * blockSize;
    }

    /** Everything together. */
    public long totalBytes() {
        return weightBytes + kvBytes + workspaceBytes;
    }
}
