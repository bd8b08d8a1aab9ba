package dev.nightjar.engine.lifecycle;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One thread that sleeps until something is due: the next look at all models, which may be brought
 * forward, and single tasks. Guarded by the manager's lock.
 */
final class Rounds {

    private final ScheduledExecutorService thread;
    private final Runnable round;
    private ScheduledFuture<?> next; // null while none is planned
    private long nextNanos;

    /**
     * Nothing is due.
     *
     * @param round a look at all models
     */
    Rounds(ThreadFactory threads, Runnable round) {
        this.thread = Executors.newSingleThreadScheduledExecutor(threads);
        this.round = round;
    }

    /** Has a round begin after so long at the latest. */
    void comeWithin(long nanos) {
        long at = System.nanoTime() + nanos;
        if (next == null || at - nextNanos < 0) {
            if (next != null) {
                next.cancel(false);
            }
            nextNanos = at;
            next = thread.schedule(round, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
    }

    /** Says that the planned round is over; what is due later is to be planned again. */
    void over() {
        next = null;
    }

    /** Has something done once. */
    void after(long nanos, Runnable task) {
        thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Whether nothing is planned. */
    boolean isAsleep() {
        return next == null;
    }

    /** Nothing is due any more. */
    void close() {
        thread.shutdownNow();
    }
}
