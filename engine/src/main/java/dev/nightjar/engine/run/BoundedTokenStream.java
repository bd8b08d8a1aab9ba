package dev.nightjar.engine.run;

import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A bounded queue of events between the engine thread, which never blocks on it, and a reader. */
final class BoundedTokenStream implements TokenStream {

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

    BoundedTokenStream(long sequenceId, int promptTokens, Control control) {
        this.sequenceId = sequenceId;
        this.promptTokens = promptTokens;
        this.control = control;
    }

    @Override
    public long sequenceId() {
        return sequenceId;
    }

    @Override
    public int promptTokens() {
        return promptTokens;
    }

    @Override
    public TokenEvent next() throws InterruptedException {
        if (isEnded && queue.isEmpty()) {
            throw new IllegalStateException("the stream has ended; no event follows the last one");
        }
        TokenEvent event = queue.take();
        // Asked after the take: the queue may have become full just before it, and an engine that
        // saw it full sleeps until it is woken.
        if (queue.size() >= CAPACITY - 1) {
            control.wake();
        }
        return event;
    }

    @Override
    public void abort() {
        if (!isEnded) {
            control.abort(sequenceId);
        }
    }

    /** Whether the next token fits; asked by the engine thread before it schedules. */
    boolean hasRoom() {
        return queue.size() < CAPACITY;
    }

    /** Called by the engine thread only, and with a token only while {@link #hasRoom}. */
    void publish(TokenEvent event) {
        if (!queue.offer(event)) {
            throw new IllegalStateException("token published to a full stream " + sequenceId);
        }
        // Only now: a reader that saw the mark before the event would take the stream for over.
        if (event instanceof TokenEvent.Finished) {
            isEnded = true;
        }
    }
}
