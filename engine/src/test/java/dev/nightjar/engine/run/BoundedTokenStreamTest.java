package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class BoundedTokenStreamTest {

    private static final TokenEvent.Finished END =
            new TokenEvent.Finished(
                    FinishReason.STOP,
                    Optional.empty(),
                    new Usage(1, 0, 0, 0, 0, 0),
                    Optional.empty());

    private final Semaphore wakes = new Semaphore(0);

    private BoundedTokenStream stream() {
        return stream(0);
    }

    private BoundedTokenStream stream(int topCount) {
        return new BoundedTokenStream(
                1,
                1,
                topCount,
                new BoundedTokenStream.Control() {
                    @Override
                    public void abort(long sequenceId) {}

                    @Override
                    public void wake() {
                        wakes.release();
                    }
                });
    }

    @Test
    void nothingFollowsTheEnd() throws InterruptedException {
        BoundedTokenStream stream = stream();
        stream.publishEnd(END);
        assertEquals(END, stream.next());
        assertThrows(IllegalStateException.class, stream::next);
    }

    /** A reader that asks while the end is being published gets it. */
    @Test
    void theEndIsNotTakenForOver() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        BoundedTokenStream stream = stream();
                        Thread engine = Thread.ofVirtual().start(() -> stream.publishEnd(END));
                        assertInstanceOf(TokenEvent.Finished.class, stream.next());
                        engine.join();
                    }
                });
    }

    /** Rows of a batch are read as events, each with the alternatives that are there. */
    @Test
    void tokensComeInOrderWithTheirAlternatives() throws InterruptedException {
        BoundedTokenStream stream = stream(2);
        SamplingBatch batch = new SamplingBatch(2);
        int top = SamplingBatch.MAX_TOP;
        for (int i = 0; i < 3; i++) {
            batch.token[1] = 10 + i;
            batch.logprob[1] = -i;
            batch.topToken[top] = 20 + i;
            batch.topLogprob[top] = -1 - i;
            batch.topToken[top + 1] = i == 1 ? SamplingBatch.NONE : 30 + i;
            batch.topLogprob[top + 1] = -5;
            stream.publish(batch, 1);
        }
        stream.publishEnd(END);
        TokenEvent.Candidate first = new TokenEvent.Candidate(20, -1);
        TokenEvent.Candidate second = new TokenEvent.Candidate(30, -5);
        assertEquals(new TokenEvent.Token(10, 0, List.of(first, second)), stream.next());
        TokenEvent.Candidate only = new TokenEvent.Candidate(21, -2);
        assertEquals(new TokenEvent.Token(11, -1, List.of(only)), stream.next());
        assertEquals(12, ((TokenEvent.Token) stream.next()).id());
        assertEquals(END, stream.next());
    }

    @Test
    void aFullStreamTakesNoTokenButTheEnd() throws InterruptedException {
        BoundedTokenStream stream = stream();
        SamplingBatch batch = new SamplingBatch(1);
        for (int i = 0; i < BoundedTokenStream.CAPACITY; i++) {
            assertTrue(stream.hasRoom());
            stream.publish(batch, 0);
        }
        assertFalse(stream.hasRoom());
        assertThrows(IllegalStateException.class, () -> stream.publish(batch, 0));
        stream.publishEnd(END);
        for (int i = 0; i < BoundedTokenStream.CAPACITY; i++) {
            assertInstanceOf(TokenEvent.Token.class, stream.next());
        }
        assertEquals(1, wakes.availablePermits());
        assertEquals(END, stream.next());
    }

    @Test
    void aWaitingReaderCanBeInterrupted() {
        BoundedTokenStream stream = stream();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, stream::next);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    /** An engine that sleeps whenever it finds no room is always woken in time. */
    @Test
    void aFullStreamWakesTheEngine() {
        int numTokens = 100_000;
        SamplingBatch batch = new SamplingBatch(1);
        BoundedTokenStream stream = stream();
        Thread engine =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    for (int i = 0; i < numTokens; i++) {
                                        while (!stream.hasRoom()) {
                                            wakes.acquireUninterruptibly();
                                        }
                                        batch.token[0] = i;
                                        stream.publish(batch, 0);
                                    }
                                });
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    for (int i = 0; i < numTokens; i++) {
                        assertEquals(new TokenEvent.Token(i, 0, List.of()), stream.next());
                    }
                    engine.join();
                });
    }
}
