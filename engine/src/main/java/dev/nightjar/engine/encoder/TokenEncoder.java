package dev.nightjar.engine.encoder;

import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.request.EncoderInput;
import java.util.List;

/** An encoder in service as text sees it: token ids in, numbers out. Safe for many threads. */
public interface TokenEncoder {

    /** The name it is served under. */
    String name();

    /** What it is computed on, in a word. */
    String device();

    /** Its memory and its limits. */
    EncoderPlan plan();

    /** Its counters now. */
    EncoderStats stats();

    /**
     * Computes inputs and waits for them; on an interrupt nothing more is computed.
     *
     * @return the pooled vector, not normalized, or the raw scores of each input
     * @throws dev.nightjar.engine.request.QueueFullException if too many requests wait
     * @throws dev.nightjar.engine.request.EngineClosedException if the engine is shutting down
     */
    float[][] encode(List<EncoderInput> inputs) throws InterruptedException;
}
