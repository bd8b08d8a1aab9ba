package dev.nightjar.engine.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.OptionalDouble;

/** What a histogram held at one moment. Immutable. */
public final class HistogramSnapshot {

    private final Buckets buckets;
    private final long[] counts;
    private final long sum;

    HistogramSnapshot(Buckets buckets, long[] counts, long sum) {
        this.buckets = buckets;
        this.counts = counts;
        this.sum = sum;
    }

    /** Without any value. */
    public static HistogramSnapshot empty(Buckets buckets) {
        return new HistogramSnapshot(buckets, new long[buckets.count()], 0);
    }

    /** Its buckets. */
    public Buckets buckets() {
        return buckets;
    }

    /** Values recorded. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** Values of a bucket alone. */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** The sum of all values, as it is shown. */
    public BigDecimal sum() {
        return buckets.shown(sum);
    }

    /**
     * Both together.
     *
     * @throws IllegalArgumentException if the buckets differ
     */
    public HistogramSnapshot plus(HistogramSnapshot other) {
        return combine(other, 1);
    }

    /**
     * What was recorded since an earlier moment.
     *
     * @throws IllegalArgumentException if the buckets differ
     */
    public HistogramSnapshot minus(HistogramSnapshot earlier) {
        return combine(earlier, -1);
    }

    /**
     * The value that a share of all values does not exceed, as it is shown, taken from within its
     * bucket in proportion; empty if there are no values.
     *
     * @param share between 0 and 1
     */
    public OptionalDouble quantile(double share) {
        long total = count();
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double rank = share * total;
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double part = Math.clamp((rank - below) / counts[i], 0, 1);
                double value =
                        buckets.lower(i) + part * (buckets.upper(i) - (double) buckets.lower(i));
                return OptionalDouble.of(buckets.shown(Math.round(value)).doubleValue());
            }
            below += counts[i];
        }
        throw new IllegalArgumentException("a share is between 0 and 1, found " + share);
    }

    private HistogramSnapshot combine(HistogramSnapshot other, int sign) {
        if (buckets != other.buckets) {
            throw new IllegalArgumentException("histograms of different buckets do not add up");
        }
        long[] combined = new long[counts.length];
        Arrays.setAll(combined, i -> counts[i] + sign * other.counts[i]);
        return new HistogramSnapshot(buckets, combined, sum + sign * other.sum);
    }
}
