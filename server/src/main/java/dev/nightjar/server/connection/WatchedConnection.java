package dev.nightjar.server.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection of a protocol, counted and timed from its first byte to its end. */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection protocol;
    private final Runnable onEnd;

    WatchedConnection(ServerConnection protocol, Runnable onEnd) {
        this.protocol = protocol;
        this.onEnd = onEnd;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            protocol.handle(limit);
        } finally {
            onEnd.run();
        }
    }

    @Override
    public boolean canInterrupt() {
        return protocol instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return protocol.idleTime();
    }

    @Override
    public void close(boolean isInterrupting) {
        protocol.close(isInterrupting);
    }
}
