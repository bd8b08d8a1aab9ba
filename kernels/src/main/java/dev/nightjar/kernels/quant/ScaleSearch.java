package dev.nightjar.kernels.quant;

/**
 * Finds the scale d with which {@code d * q} comes closest to a run of floats, q being the nearest
 * integer of {@code [low, high]}.
 *
 * <p>For given codes the best scale is the least-squares one, {@code Σxq / Σqq}, and lowers the
 * squared error by {@code (Σxq)² / Σqq}. Which codes are best depends on the scale in turn, in
 * steps, so that one cannot simply descend: scales are tried that put the value of largest
 * magnitude a little below or above the lowest code, and the best of them is refined by rounding
 * and fitting in turn.
 */
final class ScaleSearch {

    /** Below, all codes are 0: the reciprocal of the scale could overflow. */
    private static final float NOTHING = 0x1p-100f;

    private static final int TRIES = 9;
    private static final float STEP = 0.1f;
    private static final int REFINEMENTS = 3;

    private final int low;
    private final int high;
    private float scale;
    private float gain;

    ScaleSearch(int low, int high) {
        this.low = low;
        this.high = high;
    }

    /** The best scale for {@code x[from..from + count)}, of either sign; 0 if all are 0. */
    float search(float[] x, int from, int count) {
        float extreme = Ranges.extreme(x, from, count);
        scale = 0;
        gain = 0;
        if (Math.abs(extreme) < NOTHING) {
            return 0;
        }
        for (int i = -TRIES; i <= TRIES; i++) {
            improve(x, from, count, (low + i * STEP) / extreme);
        }
        boolean improved = scale != 0;
        for (int i = 0; i < REFINEMENTS && improved; i++) {
            improved = improve(x, from, count, 1 / scale);
        }
        return scale;
    }

    /** Codes for this reciprocal of a scale, and the scale that fits them if it is better. */
    private boolean improve(float[] x, int from, int count, float inverse) {
        float xq = 0;
        float qq = 0;
        for (int i = from; i < from + count; i++) {
            float q = Ranges.nearest(x[i] * inverse, low, high);
            xq += x[i] * q;
            qq += q * q;
        }
        if (qq == 0 || xq * xq <= gain * qq * (1 + 0x1p-20f)) {
            return false;
        }
        scale = xq / qq;
        gain = xq * scale;
        return true;
    }
}
