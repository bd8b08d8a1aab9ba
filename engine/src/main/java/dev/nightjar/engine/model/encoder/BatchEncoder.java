package dev.nightjar.engine.model.encoder;

import dev.nightjar.kernels.backend.Matrix;

/** What computes one result per sequence of a batch. Engine thread only. */
@FunctionalInterface
public interface BatchEncoder extends AutoCloseable {

    /**
     * Runs one step.
     *
     * @return one row per sequence {@code [S, outputSize]}, valid until the next step
     */
    Matrix forward(EncoderBatch batch);

    /** Releases what the backend does not own. */
    @Override
    default void close() {}
}
