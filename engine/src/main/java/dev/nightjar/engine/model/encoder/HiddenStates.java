package dev.nightjar.engine.model.encoder;

import dev.nightjar.kernels.backend.Matrix;

/** What computes one vector per token of a batch. Engine thread only. */
@FunctionalInterface
public interface HiddenStates extends AutoCloseable {

    /**
     * Runs one step.
     *
     * @return {@code [T, C]}, valid until the next step
     */
    Matrix compute(EncoderBatch batch);

    /** Releases what the backend does not own. */
    @Override
    default void close() {}
}
