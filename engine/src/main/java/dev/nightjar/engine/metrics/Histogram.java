package dev.nightjar.engine.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values by size. Any number of threads may record, without a lock and without allocating;
 * readers see each value within moments.
 */
public final class Histogram {

    private final Buckets buckets;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /** Empty, with these buckets. */
    public Histogram(Buckets buckets) {
        this.buckets = buckets;
        this.counts = new LongAdder[buckets.count()];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** Counts a value, in the unit of the buckets; what is below 0 counts as 0. */
    public void record(long value) {
        long counted = Math.max(0, value);
        counts[buckets.indexOf(counted)].increment();
        sum.add(counted);
    }

    /** What was recorded so far. */
    public HistogramSnapshot snapshot() {
        return new HistogramSnapshot(
                buckets, Arrays.stream(counts).mapToLong(LongAdder::sum).toArray(), sum.sum());
    }
}
