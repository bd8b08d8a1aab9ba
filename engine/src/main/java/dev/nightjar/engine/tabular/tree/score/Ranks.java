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

    /** Writes the ranks of four numbers, whose searches the processor overlaps. */
    void rankFour(double x0, double x1, double x2, double x3, short[] ranks, int to) {
        int b0 = 0;
        int b1 = 0;
        int b2 = 0;
        int b3 = 0;
        for (int step = half; step > 0; step >>= 1) {
            b0 += sorted[b0 + step - 1] < x0 ? step : 0;
            b1 += sorted[b1 + step - 1] < x1 ? step : 0;
            b2 += sorted[b2 + step - 1] < x2 ? step : 0;
            b3 += sorted[b3 + step - 1] < x3 ? step : 0;
        }
        ranks[to] = (short) b0;
        ranks[to + 1] = (short) b1;
        ranks[to + 2] = (short) b2;
        ranks[to + 3] = (short) b3;
    }
}
