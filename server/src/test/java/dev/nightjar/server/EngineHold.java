package dev.nightjar.server;

import dev.nightjar.engine.text.TextModel;
import java.util.concurrent.CountDownLatch;

/**
 * Stops the engine between two steps for as long as it is open, so that a test can do something
 * "while a request is in prefill" without depending on the speed of the machine.
 */
public final class EngineHold implements AutoCloseable {

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Thread thread;

    /** Returns when the engine stands still. */
    public EngineHold(TextModel model) {
        thread =
                Thread.ofVirtual()
                        .start(() -> model.logits(new int[] {1}, (position, row) -> hold()));
        await(held);
    }

    private void hold() {
        held.countDown();
        await(release);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        release.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
