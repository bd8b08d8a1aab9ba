package dev.nightjar.server.connection;

import java.util.concurrent.atomic.AtomicReference;

/** A look-out for one request: tells when its client leaves, until it is closed. Thread-safe. */
public final class ClientWatch implements AutoCloseable {

    private final AtomicReference<Runnable> onGone;
    private volatile boolean isGone;

    ClientWatch(Runnable onGone) {
        this.onGone = new AtomicReference<>(onGone);
    }

    /** Whether the client left while this watch was open. */
    public boolean isGone() {
        return isGone;
    }

    /** Ends the watch; its action will not start any more. */
    @Override
    public void close() {
        onGone.set(null);
    }

    void readEnded(boolean isEndOfConnection) {
        Runnable action = isEndOfConnection ? onGone.getAndSet(null) : null;
        if (action != null) {
            isGone = true;
            action.run();
        }
    }
}
