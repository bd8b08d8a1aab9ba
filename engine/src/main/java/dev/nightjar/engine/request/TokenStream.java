package dev.nightjar.engine.request;

/**
 * The reader's end of one sequence, for one thread. The engine never waits for it: while the reader
 * lags too far behind, its sequence is paused, so a slow reader delays nobody else. Closing it
 * before the end aborts the sequence.
 */
public interface TokenStream extends AutoCloseable {

    /** Identifies the sequence in logs. */
    long sequenceId();

    /** Ids in the prompt. */
    int promptTokens();

    /**
     * The next event, waiting for it.
     *
     * @throws IllegalStateException after {@link TokenEvent.Finished} was delivered
     */
    TokenEvent next() throws InterruptedException;

    /**
     * Asks the engine to end the sequence before its next step; never blocks. The last event is
     * still delivered. Does nothing after the end.
     */
    void abort();

    @Override
    default void close() {
        abort();
    }
}
