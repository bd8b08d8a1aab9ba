package dev.nightjar.engine.text;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import java.util.List;

/** A model in service as text sees it: token ids in, token ids out. Safe for many threads. */
public interface TokenModel {

    /** The name it is served under. */
    String name();

    /** What it is computed on, in a word. */
    String device();

    /** Where its memory goes, and its largest context. */
    MemoryPlan plan();

    /** Its counters now. */
    EngineStats stats();

    /**
     * Queues a sequence; never blocks.
     *
     * @throws dev.nightjar.engine.request.ContextLengthException if the prompt leaves no room
     * @throws dev.nightjar.engine.request.QueueFullException if too many sequences wait
     * @throws dev.nightjar.engine.request.EngineClosedException if the engine is shutting down
     */
    TokenStream submit(GenerationRequest request);

    /** Computes the logits of every position and waits for them. */
    void logits(int[] ids, LogitsSink sink);

    /**
     * How likely each token is after those before it; waits for the result, and on an interrupt
     * nothing more is computed.
     *
     * @param top how many alternatives to report with each token
     * @return all tokens but the first, before which nothing stands
     * @throws dev.nightjar.engine.request.ContextLengthException if the tokens exceed the context
     * @throws dev.nightjar.engine.request.QueueFullException if too many prompts wait
     * @throws dev.nightjar.engine.request.EngineClosedException if the engine is shutting down
     */
    List<TokenEvent.Token> scorePrompt(int[] ids, int top) throws InterruptedException;
}
