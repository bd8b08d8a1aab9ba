package dev.nightjar.kernels.quant;

/** What the quantizers ask about floats, one or a run. */
final class Ranges {

    /** Adding and subtracting it rounds a float below 2^22 to the nearest integer, ties to even. */
    private static final float ROUNDING = 0x1.8p23f;

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

    /** The smallest value. */
    static float min(float[] values, int from, int count) {
        float min = values[from];
        for (int i = from + 1; i < from + count; i++) {
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

    /** The integer of {@code [low, high]} that is nearest to {@code value}. */
    static float nearest(float value, int low, int high) {
        float inside = value < low ? low : value > high ? high : value;
        return inside + ROUNDING - ROUNDING;
    }

    /** {@code 1 / step}; 0 where a step of zero, or next to it, makes all codes 0. */
    static float inverse(float step) {
        float inverse = 1 / step;
        return Float.isFinite(inverse) ? inverse : 0;
    }

    /** The nearest IEEE half, as it will be read back; never -0. */
    static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value)) + 0f;
    }
}
