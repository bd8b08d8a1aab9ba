package dev.nightjar.kernels.quant;

/**
 * Fits super-blocks of 16 sub-blocks of 16 floats whose scales are small integers: {@code x = d *
 * sc[j] * q}, codes and scales signed. The sub-blocks are fitted alone; the scale of largest
 * magnitude gets the lowest factor; then the codes are taken anew for what the factors really give.
 */
final class ScaleSuperBlock {

    private static final int BLOCK_SIZE = 256;
    private static final int SUB_SIZE = 16;

    private final int low;
    private final int high;
    private final int lowFactor;
    private final ScaleSearch search;
    private final float[] scales = new float[BLOCK_SIZE / SUB_SIZE];
    private final int[] factors = new int[scales.length];
    private final byte[] codes = new byte[BLOCK_SIZE];
    private float d;

    /** A fitter for codes of {@code [low, -low)} and factors of {@code [lowFactor, -lowFactor)}. */
    ScaleSuperBlock(int low, int lowFactor) {
        this.low = low;
        high = -low - 1;
        this.lowFactor = lowFactor;
        search = new ScaleSearch(low, high);
    }

    /** Fits {@code x[from..from + 256)}; the accessors give the result until the next call. */
    void fit(float[] x, int from) {
        for (int j = 0; j < scales.length; j++) {
            scales[j] = search.search(x, from + j * SUB_SIZE, SUB_SIZE);
        }
        d = Ranges.half(Ranges.extreme(scales, 0, scales.length) / lowFactor);
        float inverse = Ranges.inverse(d);
        for (int j = 0; j < scales.length; j++) {
            factors[j] = (int) Ranges.nearest(scales[j] * inverse, lowFactor, -lowFactor - 1);
            float inverseScale = Ranges.inverse(d * factors[j]);
            for (int i = j * SUB_SIZE; i < (j + 1) * SUB_SIZE; i++) {
                codes[i] = (byte) Ranges.nearest(x[from + i] * inverseScale, low, high);
            }
        }
    }

    /** The scale of the scales. */
    float d() {
        return d;
    }

    /** The scale of sub-block {@code j} as a multiple of {@link #d}. */
    int scale(int j) {
        return factors[j];
    }

    /** The signed code of element {@code i}. */
    int code(int i) {
        return codes[i];
    }
}
