package dev.nightjar.server.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The open connections of a server, and the look at all their clocks. Thread-safe. */
public final class Connections implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Patience patience;
    private final Set<ConnectionClock> clocks = ConcurrentHashMap.newKeySet();
    private final AtomicLong ended = new AtomicLong();
    private final Thread look;

    /** Ends connections that take longer than {@code patience}, until it is closed. */
    public Connections(Patience patience) {
        this.patience = patience;
        this.look = Thread.ofPlatform().daemon().name("slow-clients").start(this::lookAgain);
    }

    /** How many are open. */
    public int open() {
        return clocks.size();
    }

    /** How many were ended because their clients were too slow. */
    public long ended() {
        return ended.get();
    }

    /** Ends looking; connections stay as they are. */
    @Override
    public void close() {
        look.interrupt();
    }

    ConnectionClock add() {
        ConnectionClock clock = new ConnectionClock(patience, System.nanoTime());
        clocks.add(clock);
        return clock;
    }

    void remove(ConnectionClock clock) {
        clocks.remove(clock);
    }

    private void lookAgain() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                long now = System.nanoTime();
                for (ConnectionClock clock : clocks) {
                    if (clock.endIfOverdue(now)) {
                        ended.incrementAndGet();
                    }
                }
            }
        } catch (InterruptedException closed) {
            // the one who closed this has told everything
        }
    }
}
