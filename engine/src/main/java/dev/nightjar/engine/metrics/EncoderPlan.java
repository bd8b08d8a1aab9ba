package dev.nightjar.engine.metrics;

/**
 * Where an encoder's memory goes, and how much it takes at once.
 *
 * @param weightBytes the checkpoint's tensors plus what the backend repacked
 * @param workspaceBytes activations of a step of {@code maxStepTokens}
 * @param maxInputTokens most tokens of one input
 * @param maxStepTokens most tokens of a step of several inputs
 * @param maxQueued requests that may wait
 */
public record EncoderPlan(
        long weightBytes,
        long workspaceBytes,
        int maxInputTokens,
        int maxStepTokens,
        int maxQueued) {

    /** Everything together. */
    public long totalBytes() {
        return weightBytes + workspaceBytes;
    }
}
