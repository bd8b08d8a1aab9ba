package dev.nightjar.engine.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * Upper bounds of a histogram's buckets: whole numbers, that stand for seconds or for things
 * counted.
 *
 * <pre>
 *   bucket 0: value &lt;= bound 0 | bucket i: bound i-1 &lt; value &lt;= bound i | last: all above
 * </pre>
 */
public final class Buckets {

    /** Nanoseconds as powers of ten of a second. */
    private static final int NANO_EXPONENT = -9;

    /** From 0.1 ms to 10 s: the time of a step or between two tokens, on any device. */
    public static final Buckets STEP_SECONDS = nanos(100_000L, 10_000_000_000L);

    /** From 1 ms to 300 s: a first token, a time in the queue, a whole request. */
    public static final Buckets REQUEST_SECONDS = nanos(1_000_000L, 300_000_000_000L);

    /** From 1 to 65,536: sequences or tokens of a step. */
    public static final Buckets POWERS_OF_TWO = powersOfTwo(16);

    private final long[] bounds;
    private final int exponent;

    private Buckets(long[] bounds, int exponent) {
        this.bounds = bounds;
        this.exponent = exponent;
    }

    /** Values are nanoseconds and shown as seconds: 1, 2, 3, 5, 7 of each power of ten. */
    private static Buckets nanos(long from, long to) {
        long[] bounds = new long[64];
        int count = 0;
        for (long decade = from; decade <= to; decade *= 10) {
            for (int step : new int[] {1, 2, 3, 5, 7}) {
                if (decade * step <= to) {
                    bounds[count++] = decade * step;
                }
            }
        }
        return new Buckets(Arrays.copyOf(bounds, count), NANO_EXPONENT);
    }

    private static Buckets powersOfTwo(int highest) {
        long[] bounds = new long[highest + 1];
        for (int i = 0; i <= highest; i++) {
            bounds[i] = 1L << i;
        }
        return new Buckets(bounds, 0);
    }

    /** Buckets, the one above all bounds included. */
    public int count() {
        return bounds.length + 1;
    }

    /** The bounds as they are shown, such as 0.002 for two milliseconds. */
    public List<BigDecimal> shownBounds() {
        return Arrays.stream(bounds).mapToObj(this::shown).toList();
    }

    /** A value, or a sum of values, as it is shown. */
    public BigDecimal shown(long value) {
        return BigDecimal.valueOf(value).scaleByPowerOfTen(exponent);
    }

    /** The bucket of a value; O(log n). */
    int indexOf(long value) {
        int found = Arrays.binarySearch(bounds, value);
        return found >= 0 ? found : -found - 1;
    }

    /** The bound below a bucket; 0 for the first. */
    long lower(int bucket) {
        return bucket == 0 ? 0 : bounds[bucket - 1];
    }

    /** The bound of a bucket; the largest bound for the last one, which has none. */
    long upper(int bucket) {
        return bounds[Math.min(bucket, bounds.length - 1)];
    }
}
