package dev.nightjar.server.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Measured values in ascending order. Immutable. */
public final class Sample {

    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
        Arrays.sort(sorted);
    }

    /** Takes values in any order. */
    public static Sample of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Takes values in any order; copies them. */
    public static Sample of(double... values) {
        return new Sample(values.clone());
    }

    /** Number of values. */
    public int size() {
        return sorted.length;
    }

    /** Whether there is no value, and so nothing but {@link #size} can be asked. */
    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** The smallest. */
    public double min() {
        return quantile(0);
    }

    /** The largest. */
    public double max() {
        return quantile(1);
    }

    /** The one in the middle, or the mean of the two there. */
    public double median() {
        return quantile(0.5);
    }

    /** The sum by the number. */
    public double mean() {
        requireValues();
        return Arrays.stream(sorted).sum() / sorted.length;
    }

    /** Deviation of the mean as an estimate, 0 for a single value. */
    public double standardError() {
        requireValues();
        if (sorted.length == 1) {
            return 0;
        }
        double mean = mean();
        double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (sorted.length - 1) / sorted.length);
    }

    /**
     * The value below which that share of all lies: value number {@code share * (size - 1)},
     * counted from 0, straight lines between neighbours.
     *
     * @param share 0 to 1
     * @throws IllegalStateException if there is no value
     */
    public double quantile(double share) {
        requireValues();
        double at = Math.clamp(share, 0, 1) * (sorted.length - 1);
        int below = (int) at;
        double rest = at - below;
        return rest == 0
                ? sorted[below]
                : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }

    /** The quantiles 0, 1/steps, 2/steps to 1. */
    public List<Double> curve(int steps) {
        return IntStream.rangeClosed(0, steps)
                .mapToObj(step -> quantile((double) step / steps))
                .toList();
    }

    private void requireValues() {
        if (isEmpty()) {
            throw new IllegalStateException("there is no value");
        }
    }
}
