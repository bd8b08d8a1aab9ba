package dev.nightjar.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;

/** Bytes of a file on their way. Read by one thread; a transfer that falls silent is ended. */
public final class Transfer implements AutoCloseable {

    private final InputStream body;
    private final String from;
    private final long offset;
    private final Optional<String> tag;
    private final long timeoutNanos;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean isStalled;
    private ScheduledFuture<?> watch;

    Transfer(HubClient.Body body, long offset, Optional<String> tag, long timeoutNanos) {
        this.body = body.stream();
        this.from = body.from();
        this.offset = offset;
        this.tag = tag;
        this.timeoutNanos = timeoutNanos;
    }

    /** Position in the file of the first byte: where it was asked to begin, or 0. */
    public long offset() {
        return offset;
    }

    /** Names the version of the file, so that a later transfer can insist on the same. */
    public Optional<String> tag() {
        return tag;
    }

    /**
     * Reads some bytes.
     *
     * @return how many, or -1 at the end
     * @throws HubException.Unavailable if the connection broke or fell silent
     */
    public int read(byte[] buffer) {
        try {
            int count = body.read(buffer);
            lastNanos = System.nanoTime();
            if (count < 0 && isStalled) {
                throw stalled(null);
            }
            return count;
        } catch (IOException broken) {
            throw isStalled
                    ? stalled(broken)
                    : new HubException.Unavailable("the connection to " + from + " broke", broken);
        }
    }

    /** Ends the transfer, wherever it is. */
    @Override
    public void close() {
        if (watch != null) {
            watch.cancel(false);
        }
        closeBody();
    }

    /** Has itself looked at by a timer until it is closed. */
    Transfer watchedBy(ScheduledFuture<?> timer) {
        watch = timer;
        return this;
    }

    /** Ends the read in progress if it has waited too long. */
    void check() {
        if (System.nanoTime() - lastNanos > timeoutNanos) {
            isStalled = true;
            closeBody();
        }
    }

    private HubException stalled(IOException cause) {
        return new HubException.Unavailable(
                "no byte came from %s for %d ms".formatted(from, timeoutNanos / 1_000_000), cause);
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException ignored) {
            // Nothing depends on the end of a body that nobody reads.
        }
    }
}
