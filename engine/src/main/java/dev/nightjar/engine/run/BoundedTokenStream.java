package dev.nightjar.engine.run;

import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue of tokens between the engine thread, which never blocks on it, and one reader. It
 * holds numbers; the reader makes events of them, so the engine allocates nothing per token.
 *
 * <pre>
 *   token n is in place n % CAPACITY:   | read | written, not yet read | free |
 *                                       0   numRead             numWritten   numRead + CAPACITY
 * </pre>
 *
 * The engine alone moves {@code numWritten}, the reader alone {@code numRead}.
 */
final class BoundedTokenStream implements TokenStream {

    /** Tokens a reader may lag behind before its sequence is paused. */
    static final int CAPACITY = 256;

    private final long sequenceId;
    private final int promptTokens;
    private final Control control;
    private final int topCount;
    private final int[] tokens = new int[CAPACITY];
    private final float[] logprobs = new float[CAPACITY];
    private final int[] topTokens;
    private final float[] topLogprobs;
    private volatile long numWritten;
    private volatile long numRead;
    private volatile TokenEvent.Finished end;
    private volatile Thread waiting;
    private boolean isOver;

    /** What a reader can ask of the engine; thread-safe and never blocking. */
    interface Control {
        /** Ends the sequence before the next step. */
        void abort(long sequenceId);

        /** Tells the engine that a paused reader has room again. */
        void wake();
    }

    /** {@code topCount} alternatives are reported with each token. */
    BoundedTokenStream(long sequenceId, int promptTokens, int topCount, Control control) {
        this.sequenceId = sequenceId;
        this.promptTokens = promptTokens;
        this.topCount = topCount;
        this.control = control;
        topTokens = new int[CAPACITY * topCount];
        topLogprobs = new float[CAPACITY * topCount];
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
        if (isOver) {
            throw new IllegalStateException("the stream has ended; no event follows the last one");
        }
        await();
        // Asked first: the end is published after the last token.
        TokenEvent.Finished finished = end;
        if (numRead == numWritten) {
            isOver = true;
            return finished;
        }
        return take();
    }

    private void await() throws InterruptedException {
        while (isEmpty()) {
            waiting = Thread.currentThread();
            // Asked again: a writer either sees who waits, or is seen here.
            if (isEmpty()) {
                LockSupport.park(this);
            }
            waiting = null;
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for a token");
            }
        }
    }

    private boolean isEmpty() {
        return end == null && numRead == numWritten;
    }

    private TokenEvent.Token take() {
        long first = numRead;
        int at = (int) (first % CAPACITY);
        TokenEvent.Token token =
                new TokenEvent.Token(
                        tokens[at],
                        logprobs[at],
                        SampledRow.candidates(topTokens, topLogprobs, at * topCount, topCount));
        numRead = first + 1;
        // Asked after the move: an engine that saw the queue full sleeps until it is woken.
        if (numWritten - first >= CAPACITY) {
            control.wake();
        }
        return token;
    }

    @Override
    public void abort() {
        if (end == null) {
            control.abort(sequenceId);
        }
    }

    /** Whether the next token fits; asked by the engine thread before it schedules. */
    boolean hasRoom() {
        return numWritten - numRead < CAPACITY;
    }

    /**
     * Hands over what a row of the sampling op reports; called by the engine thread only, and only
     * while {@link #hasRoom}.
     */
    void publish(SamplingBatch batch, int row) {
        if (!hasRoom()) {
            throw new IllegalStateException("token published to a full stream " + sequenceId);
        }
        int at = (int) (numWritten % CAPACITY);
        tokens[at] = batch.token[row];
        logprobs[at] = batch.logprob[row];
        int top = row * SamplingBatch.MAX_TOP;
        System.arraycopy(batch.topToken, top, topTokens, at * topCount, topCount);
        System.arraycopy(batch.topLogprob, top, topLogprobs, at * topCount, topCount);
        numWritten++;
        wakeReader();
    }

    /** Hands over the last event; called by the engine thread only, once. */
    void publishEnd(TokenEvent.Finished event) {
        end = event;
        wakeReader();
    }

    private void wakeReader() {
        Thread reader = waiting;
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }
}
