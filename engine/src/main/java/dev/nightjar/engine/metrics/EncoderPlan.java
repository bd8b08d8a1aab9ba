package dev.nightjar.engine.metrics;

import dev.nightjar.kernels.backend.DeviceUse;

/**
 * Where an encoder's memory goes, and how much it takes at once.
 *
 * @param weightBytes the checkpoint's tensors plus what the backend repacked; on a device with
 *     memory of its own, what lies there
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

    /** The same plan with what the encoder holds of its device's memory, where it has its own. */
    public EncoderPlan measured(DeviceUse use) {
        return new EncoderPlan(
                use.weights(),
                use.cache() + use.workspace(),
                maxInputTokens,
                maxStepTokens,
                maxQueued);
    }

    /** Everything together. */
    public long totalBytes() {
        return weightBytes + workspaceBytes;
    }
}
