package dev.nightjar.engine.run;

import dev.nightjar.engine.request.TokenEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The reader's end of one sequence: a bounded queue of events that the engine thread fills and one
 * reader empties. The engine never blocks on it: while the queue is full its sequence is paused, so
 * a slow reader delays nobody else and memory stays flat. Closing it aborts the sequence.
 */
public final class TokenStream implements AutoCloseable {

    /** Tokens a reader may lag behind before its sequence is paused. */
    static final int CAPACITY = 256;

    private final long sequenceId;
    private final int promptTokens;
    private final Control control;
    private final BlockingQueue<TokenEvent> queue = new ArrayBlockingQueue<>(CAPACITY + 1);
    private volatile boolean isEnded;

    /** What a reader can ask of the engine; thread-safe and never blocking. */
    interface Control {
        /** Ends the sequence before the next step. */
        void abort(long sequenceId);

        /** Tells the engine that a paused reader has room again. */
        void wake();
    }

    TokenStream(long sequenceId, int promptTokens, Control control) {
        this.sequenceId = sequenceId;
        this.promptTokens = promptTokens;
        this.control = control;
    }

    /** Identifies the sequence in logs and counters. */
    public long sequenceId() {
        return sequenceId;
    }

    /** Ids in the prompt. */
    public int promptTokens() {
        return promptTokens;
    }

    /**
     * The next event, waiting for it. After {@link TokenEvent.Finished} nothing follows and a
     * further call would wait forever, so it is refused.
     */
    public TokenEvent next() throws InterruptedException {
        if (isEnded && queue.isEmpty()) {
            throw new IllegalStateException("the stream has ended; no event follows the last one");
        }
        boolean wasFull = queue.size() >= CAPACITY;
        TokenEvent event = queue.take();
        if (wasFull) {
            control.wake();
        }
        return event;
    }

    /** Asks the engine to end the sequence; the stream still delivers its last event. */
    public void abort() {
        if (!isEnded) {
            control.abort(sequenceId);
        }
    }

    @Override
    public void close() {
        abort();
    }

    /** Whether the next token fits; asked by the engine thread before it schedules. */
    boolean hasRoom() {
        return queue.size() < CAPACITY;
    }

    /** Called by the engine thread only, and with a token only while {@link #hasRoom}. */
    void publish(TokenEvent event) {
        if (event instanceof TokenEvent.Finished) {
            isEnded = true;
        }
        if (!queue.offer(event)) {
            throw new IllegalStateException("token published to a full stream " + sequenceId);
        }
    }
}
