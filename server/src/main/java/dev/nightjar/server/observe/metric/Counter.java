package dev.nightjar.server.observe.metric;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Any number of threads may count, without a lock. */
public final class Counter {

    private final LongAdder value = new LongAdder();

    Counter() {}

    /** Counts one. */
    public void increment() {
        value.increment();
    }

    /**
     * Counts so many.
     *
     * @throws IllegalArgumentException if it is below 0
     */
    public void add(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a counter only grows, found " + count);
        }
        value.add(count);
    }

    /** The count so far. */
    public long value() {
        return value.sum();
    }
}
