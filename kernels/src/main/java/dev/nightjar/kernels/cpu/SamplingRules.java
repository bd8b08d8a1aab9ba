package dev.nightjar.kernels.cpu;

/** The formulas and the order of tokens that every sampler of this module shares. */
public final class SamplingRules {

    /** The token reported for a row that cannot be sampled: NaN or +infinity, or all forbidden. */
    public static final int NO_TOKEN = -1;

    private SamplingRules() {}

    /** Probability of a logit relative to that of the largest one. */
    public static double weight(float logit, float max, float temperature) {
        return Math.exp(((double) logit - max) / temperature);
    }

    /** The smallest logit that min-p keeps. */
    public static float minPFloor(float max, float temperature, float minP) {
        return minP <= 0
                ? Float.NEGATIVE_INFINITY
                : (float) Math.min(max, max + temperature * Math.log(minP));
    }

    /** Sorts by descending logit, then by ascending token; both can be taken out again. */
    public static long key(float logit, int token) {
        int bits = Float.floatToRawIntBits(logit + 0f);
        int ascending = bits ^ bits >> 31 & 0x7fffffff;
        return (long) ~ascending << 32 | token;
    }

    /** The logit of a key. */
    public static float logit(long key) {
        int ascending = ~(int) (key >>> 32);
        return Float.intBitsToFloat(ascending ^ ascending >> 31 & 0x7fffffff);
    }

    /** The token of a key. */
    public static int token(long key) {
        return (int) key;
    }
}
