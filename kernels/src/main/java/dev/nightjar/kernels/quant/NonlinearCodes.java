package dev.nightjar.kernels.quant;

/**
 * The sixteen values of the IQ4 types, denser around zero where weights are frequent; they are part
 * of the file format.
 */
public final class NonlinearCodes {

    private static final byte[] VALUES = {
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
    };
    private static final NearestCodes NEAREST = new NearestCodes(VALUES);

    /** Below, no scale is searched for: its reciprocal could overflow. */
    private static final float NOTHING = 0x1p-100f;

    private static final int TRIES = 7;
    private static final int REFINEMENTS = 3;

    private NonlinearCodes() {}

    /** The value of a code of 0..15. */
    public static int value(int code) {
        return VALUES[code];
    }

    /** A copy of all values, by code, ascending. */
    public static byte[] values() {
        return VALUES.clone();
    }

    /** The code whose value is nearest to {@code x}. */
    static int nearest(float x) {
        return NEAREST.code(x);
    }

    /**
     * The scale, of either sign, with which {@code x[from..from + count)} come closest to multiples
     * of the values: as in {@link ScaleSearch}, by least squares for codes from several scales
     * around those that put the value of largest magnitude at either end.
     */
    static float scale(float[] x, int from, int count) {
        float extreme = Ranges.extreme(x, from, count);
        if (Math.abs(extreme) < NOTHING) {
            return 0;
        }
        float scale = extreme / VALUES[0];
        float gain = 0;
        for (int i = -TRIES; i <= TRIES + REFINEMENTS; i++) {
            float inverse = i <= TRIES ? (VALUES[0] + i) / extreme : 1 / scale;
            float xv = 0;
            float vv = 0;
            for (int j = from; j < from + count; j++) {
                float v = NEAREST.value(NEAREST.code(x[j] * inverse));
                xv += x[j] * v;
                vv += v * v;
            }
            if (vv > 0 && xv * xv > gain * vv) {
                scale = xv / vv;
                gain = xv * scale;
            }
        }
        return scale;
    }
}
