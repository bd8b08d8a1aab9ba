package dev.nightjar.server.bench;

import dev.nightjar.engine.text.TextModel;
import java.util.concurrent.CountDownLatch;

/**
 * The engine between two steps, for as long as this is open: what is submitted meanwhile begins in
 * one and the same step.
 */
final class Standstill implements AutoCloseable {

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** Returns when the engine stands. */
    Standstill(TextModel model) throws InterruptedException {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                model.logits(new int[1], (position, row) -> hold());
                            } finally {
                                held.countDown(); // even if the engine is closed
                            }
                        });
        held.await();
    }

    /** Runs on the engine's thread. */
    private void hold() {
        held.countDown();
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release.countDown();
    }
}
