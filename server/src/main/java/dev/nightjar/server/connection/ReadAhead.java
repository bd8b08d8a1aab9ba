package dev.nightjar.server.connection;

import io.helidon.webserver.ServerConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The bytes of one connection, with at most one read in flight. Between requests the connection's
 * thread reads; during a watched request a virtual thread blocks in that same read, and whatever it
 * gets is what the connection's thread gets next. So a watch costs no polling, loses no byte of a
 * following request and leaves the connection open.
 */
final class ReadAhead implements Supplier<byte[]> {

    private final Supplier<byte[]> source;
    private CompletableFuture<byte[]> ahead;

    /**
     * Reads {@code source} from now on; nobody else may.
     *
     * @param source the next bytes, waiting for them; null at the end of the connection
     */
    ReadAhead(Supplier<byte[]> source) {
        this.source = source;
    }

    /** The next bytes, waiting for them; null at the end. Called by the connection's thread. */
    @Override
    public byte[] get() {
        CompletableFuture<byte[]> pending;
        synchronized (this) {
            pending = ahead;
            ahead = null;
        }
        return pending == null ? source.get() : await(pending);
    }

    /**
     * A read that has begun or begins now. It completes with bytes that belong to the next request,
     * with null at the end of the connection, or with the failure of the read.
     */
    synchronized CompletableFuture<byte[]> start() {
        if (ahead == null) {
            CompletableFuture<byte[]> started = new CompletableFuture<>();
            ahead = started;
            Thread.ofVirtual().name("client-watch").start(() -> complete(started));
        }
        return ahead;
    }

    private void complete(CompletableFuture<byte[]> read) {
        try {
            read.complete(source.get());
        } catch (RuntimeException | Error failure) {
            read.completeExceptionally(failure);
        }
    }

    private static byte[] await(CompletableFuture<byte[]> pending) {
        try {
            return pending.get();
        } catch (ExecutionException failed) {
            throw new ServerConnectionException(
                    "reading from the client failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerConnectionException("interrupted between requests", interrupted);
        }
    }
}
