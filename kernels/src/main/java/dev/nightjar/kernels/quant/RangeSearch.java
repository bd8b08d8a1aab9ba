package dev.nightjar.kernels.quant;

/**
 * Finds scale and base with which {@code scale * q + base} comes closest to a run of floats, q
 * being the nearest integer of {@code [0, levels]}.
 *
 * <p>For given codes both follow from a straight line fitted by least squares. The codes are taken
 * from ranges that end a little below or above the largest value; the best of them is refined by
 * rounding and fitting in turn.
 */
final class RangeSearch {

    /** Below, all values count as equal: the reciprocal of the scale could overflow. */
    private static final float NOTHING = 0x1p-100f;

    private static final int TRIES_BELOW = 10;
    private static final int TRIES_ABOVE = 12;
    private static final float STEP = 0.1f;
    private static final int REFINEMENTS = 3;

    private final int levels;
    private final float highestBase;
    private float scale;
    private float base;
    private double error;
    private double sumX;
    private double sumXX;

    /** {@code highestBase}: 0 where a format stores the base as the negative of a magnitude. */
    RangeSearch(int levels, float highestBase) {
        this.levels = levels;
        this.highestBase = highestBase;
    }

    /** The scale found, at least 0. */
    float scale() {
        return scale;
    }

    /** The value of code 0 found. */
    float base() {
        return base;
    }

    /** Searches for {@code x[from..from + count)}. */
    void search(float[] x, int from, int count) {
        float min = Math.min(Ranges.min(x, from, count), highestBase);
        float range = Ranges.max(x, from, count, min) - min;
        scale = 0;
        base = min;
        if (range < NOTHING) {
            return;
        }
        error = Double.POSITIVE_INFINITY;
        sum(x, from, count);
        for (int i = -TRIES_BELOW; i <= TRIES_ABOVE; i++) {
            improve(x, from, count, (levels + i * STEP) / range, min);
        }
        boolean improved = scale > 0;
        for (int i = 0; i < REFINEMENTS && improved; i++) {
            improved = improve(x, from, count, 1 / scale, base);
        }
    }

    private void sum(float[] x, int from, int count) {
        sumX = 0;
        sumXX = 0;
        for (int i = from; i < from + count; i++) {
            sumX += x[i];
            sumXX += (double) x[i] * x[i];
        }
    }

    /**
     * Codes for this reciprocal of a scale and this base, and the line that fits if it is better.
     */
    private boolean improve(float[] x, int from, int count, float inverse, float start) {
        float sumQ = 0;
        float sumQQ = 0;
        float sumXQ = 0;
        for (int i = from; i < from + count; i++) {
            float q = Ranges.nearest((x[i] - start) * inverse, 0, levels);
            sumQ += q;
            sumQQ += q * q;
            sumXQ += x[i] * q;
        }
        double spread = (double) count * sumQQ - (double) sumQ * sumQ;
        if (spread == 0) { // one code for all: no line to fit
            return keep(count, sumQ, sumQQ, sumXQ, 1 / inverse, start);
        }
        double slope = (count * (double) sumXQ - sumX * sumQ) / spread;
        double intercept = (sumQQ * sumX - (double) sumQ * sumXQ) / spread;
        if (intercept > highestBase) {
            intercept = highestBase;
            slope = (sumXQ - intercept * sumQ) / sumQQ;
        }
        return keep(count, sumQ, sumQQ, sumXQ, slope, intercept);
    }

    private boolean keep(
            int count, double sumQ, double sumQQ, double sumXQ, double slope, double start) {
        double squares =
                sumXX
                        - 2 * (slope * sumXQ + start * sumX)
                        + slope * slope * sumQQ
                        + 2 * slope * start * sumQ
                        + count * start * start;
        if (slope <= 0 || squares >= error * (1 - 0x1p-20)) {
            return false;
        }
        scale = (float) slope;
        base = (float) start;
        error = squares;
        return true;
    }
}
