package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class BoundedTokenStreamTest {

    private static final TokenEvent END =
            new TokenEvent.Finished(
                    FinishReason.STOP,
                    Optional.empty(),
                    new Usage(1, 0, 0, 0, 0, 0),
                    Optional.empty());

    private final Semaphore wakes = new Semaphore(0);

    private BoundedTokenStream stream() {
        return new BoundedTokenStream(
                1,
                1,
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
        stream.publish(END);
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
                        Thread engine = Thread.ofVirtual().start(() -> stream.publish(END));
                        assertInstanceOf(TokenEvent.Finished.class, stream.next());
                        engine.join();
                    }
                });
    }

    /** An engine that sleeps whenever it finds no room is always woken in time. */
    @Test
    void aFullStreamWakesTheEngine() {
        int numTokens = 100_000;
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
                                        stream.publish(new TokenEvent.Token(i, 0, List.of()));
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
