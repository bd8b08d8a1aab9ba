package dev.nightjar.engine.tabular.tree.score;

import java.util.Arrays;

/**
 * The ranks of numbers among the thresholds of a feature: {@code x <= t} exactly where the rank of
 * {@code x} is not above that of {@code t}.
 */
final class Ranks {
    /** The most thresholds whose ranks are below {@link RankColumns#MISSING_RIGHT}. */
    static final int MAX_THRESHOLDS = Short.MAX_VALUE - 1;

    /** Ascending, then infinities up to a power of two less one. */
    private final double[] sorted;

    private final int half;

    /** Ranks among {@code count} thresholds that ascend. */
    Ranks(double[] thresholds, int count) {
        half = Integer.highestOneBit(Math.max(1, count));
        sorted = Arrays.copyOf(thresholds, 2 * half - 1);
        Arrays.fill(sorted, count, sorted.length, Double.POSITIVE_INFINITY);
    }

    /** How many thresholds are below {@code x}. */
    short rank(double x) {
        int base = 0;
        for (int step = half; step > 0; step >>= 1) {
            base += sorted[base + step - 1] < x ? step : 0;
        }
        return (short) base;
    }
}
