package dev.nightjar.kernels.quant;

/**
 * Fits super-blocks of 256 floats whose sub-blocks have a scale and a minimum, small integers both:
 * {@code x = d * sc[j] * q - dmin * mn[j]}. The sub-blocks are fitted alone; the largest scale and
 * the largest minimum get the largest factor; then the codes are taken anew for what the factors
 * really give.
 */
final class RangeSuperBlock {

    private static final int BLOCK_SIZE = 256;

    private final int subSize;
    private final int levels;
    private final int maxFactor;
    private final RangeSearch search;
    private final float[] scales;
    private final float[] minima;
    private final int[] scaleFactors;
    private final int[] minimumFactors;
    private final byte[] codes = new byte[BLOCK_SIZE];
    private float d;
    private float dmin;

    /**
     * A fitter for one layout.
     *
     * @param subSize elements per sub-block
     * @param levels the largest code
     * @param maxFactor the largest factor
     */
    RangeSuperBlock(int subSize, int levels, int maxFactor) {
        this.subSize = subSize;
        this.levels = levels;
        this.maxFactor = maxFactor;
        search = new RangeSearch(levels, 0);
        scales = new float[BLOCK_SIZE / subSize];
        minima = new float[BLOCK_SIZE / subSize];
        scaleFactors = new int[scales.length];
        minimumFactors = new int[scales.length];
    }

    /** Fits {@code x[from..from + 256)}; the accessors give the result until the next call. */
    void fit(float[] x, int from) {
        for (int j = 0; j < scales.length; j++) {
            search.search(x, from + j * subSize, subSize);
            scales[j] = search.scale();
            minima[j] = -search.base();
        }
        d = factors(scales, scaleFactors);
        dmin = factors(minima, minimumFactors);
        for (int j = 0; j < scales.length; j++) {
            float inverse = Ranges.inverse(d * scaleFactors[j]);
            float minimum = dmin * minimumFactors[j];
            for (int i = j * subSize; i < (j + 1) * subSize; i++) {
                codes[i] = (byte) Ranges.nearest((x[from + i] + minimum) * inverse, 0, levels);
            }
        }
    }

    /** Writes the factors nearest to {@code values}; returns their unit, a half. */
    private float factors(float[] values, int[] factors) {
        float unit = Ranges.half(Ranges.maxMagnitude(values, 0, values.length) / maxFactor);
        float inverse = Ranges.inverse(unit);
        for (int j = 0; j < values.length; j++) {
            factors[j] = (int) Ranges.nearest(values[j] * inverse, 0, maxFactor);
        }
        return unit;
    }

    /** The scale of the scales. */
    float d() {
        return d;
    }

    /** The scale of the minima. */
    float dmin() {
        return dmin;
    }

    /** The scale of sub-block {@code j} as a multiple of {@link #d}. */
    int scale(int j) {
        return scaleFactors[j];
    }

    /** The minimum of sub-block {@code j} as a multiple of {@link #dmin}. */
    int minimum(int j) {
        return minimumFactors[j];
    }

    /** The code of element {@code i}. */
    int code(int i) {
        return codes[i];
    }
}
