package dev.nightjar.engine.metrics;

import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.kernels.tensor.DType;

/**
 * Where a model's memory goes.
 *
 * @param weightBytes the checkpoint's tensors plus what the backend repacked; on a device with
 *     memory of its own, what lies there
 * @param kvBytes the whole KV pool; committed as it is first used
 * @param kvBlocks B, blocks in the pool
 * @param blockSize P, tokens per block
 * @param kvType in which type keys and values are kept
 * @param workspaceBytes activations of the largest step
 * @param maxContext most tokens per sequence: what was asked for, the model trained for and the
 *     pool can hold, whichever is least
 */
public record MemoryPlan(
        long weightBytes,
        long kvBytes,
        int kvBlocks,
        int blockSize,
        DType kvType,
        long workspaceBytes,
        int maxContext) {

    /** The same plan when the backend needs memory of its own for the weights. */
    public MemoryPlan withExtraWeights(long bytes) {
        return new MemoryPlan(
                weightBytes + bytes,
                kvBytes,
                kvBlocks,
                blockSize,
                kvType,
                workspaceBytes,
                maxContext);
    }

    /** The same plan with what the model holds of its device's memory, where it has its own. */
    public MemoryPlan measured(DeviceUse use) {
        return new MemoryPlan(
                use.weights(),
                use.cache(),
                kvBlocks,
                blockSize,
                kvType,
                use.workspace(),
                maxContext);
    }

    /** Tokens the pool holds. */
    public long kvTokens() {
        return (long) kvBlocks * blockSize;
    }

    /** Everything together. */
    public long totalBytes() {
        return weightBytes + kvBytes + workspaceBytes;
    }
}
