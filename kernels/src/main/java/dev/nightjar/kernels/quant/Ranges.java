package dev.nightjar.kernels.quant;

/** What the quantizers ask about a run of floats. */
final class Ranges {

    private Ranges() {}

    /** The largest absolute value of {@code values[from..from + count)}. */
    static float maxMagnitude(float[] values, int from, int count) {
        return Math.abs(extreme(values, from, count));
    }

    /** The value of largest magnitude, with its sign; the first of equals. */
    static float extreme(float[] values, int from, int count) {
        float extreme = 0;
        for (int i = from; i < from + count; i++) {
            if (Math.abs(values[i]) > Math.abs(extreme)) {
                extreme = values[i];
            }
        }
        return extreme;
    }

    /** The smallest value, at most 0. */
    static float minOrZero(float[] values, int from, int count) {
        float min = 0;
        for (int i = from; i < from + count; i++) {
            min = Math.min(min, values[i]);
        }
        return min;
    }

    /** The largest value, at least {@code floor}. */
    static float max(float[] values, int from, int count, float floor) {
        float max = floor;
        for (int i = from; i < from + count; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }

    /**
     * {@code value / step} rounded to the nearest integer of {@code [low, high]}; 0 steps give 0.
     */
    static int steps(float value, float step, int low, int high) {
        return step == 0 ? 0 : Math.clamp((long) Math.rint((double) value / step), low, high);
    }
}
