package dev.nightjar.engine.model;

/** Slopes of linear attention biases (Press et al. 2021, arXiv 2108.12409). */
final class AlibiSlopes {

    private AlibiSlopes() {}

    /**
     * One slope per head: a geometric series down to {@code 2^-maxBias} over the largest power of
     * two of heads, and every other member of the series of twice as many for the rest.
     */
    static float[] of(int numHeads, double maxBias) {
        int powerOfTwo = Integer.highestOneBit(numHeads);
        double base = Math.pow(2, -maxBias / powerOfTwo);
        double finerBase = Math.pow(2, -maxBias / 2 / powerOfTwo);
        float[] slopes = new float[numHeads];
        for (int head = 0; head < numHeads; head++) {
            slopes[head] =
                    (float)
                            (head < powerOfTwo
                                    ? Math.pow(base, head + 1)
                                    : Math.pow(finerBase, 2 * (head - powerOfTwo) + 1));
        }
        return slopes;
    }
}
