package dev.nightjar.kernels.cpu;

/**
 * The last steps of sampling on a sorted list of candidates, in double and in a fixed order; shared
 * so that every sampler draws the same token.
 */
public final class SampleDraw {

    private SampleDraw() {}

    /**
     * How many of the first {@code kept} keys, sorted, form the smallest set with share {@code
     * topP} of their mass; at least one.
     */
    public static int topP(long[] keys, int kept, float max, float temperature, float topP) {
        if (topP >= 1) {
            return kept;
        }
        double total = 0;
        for (int i = 0; i < kept; i++) {
            total += weight(keys[i], max, temperature);
        }
        double limit = topP * total;
        double mass = 0;
        for (int i = 0; i < kept; i++) {
            mass += weight(keys[i], max, temperature);
            if (mass >= limit) {
                return i + 1;
            }
        }
        return kept;
    }

    /** Moves the keys of at least that logit to the front, in their order; how many they are. */
    public static int minP(long[] keys, int kept, float floor) {
        int n = 0;
        for (int i = 0; i < kept; i++) {
            if (SamplingRules.logit(keys[i]) >= floor) {
                keys[n++] = keys[i];
            }
        }
        return n;
    }

    /**
     * Draws from the first {@code kept} keys, in any order, and sorts them by token: the result is
     * the first token whose running sum exceeds {@code u} times the total.
     *
     * @param logits the row that the keys were made of, token 0 at {@code start}
     */
    public static int draw(
            long[] keys,
            int kept,
            float[] logits,
            int start,
            float max,
            float temperature,
            double u) {
        for (int i = 0; i < kept; i++) {
            keys[i] = SamplingRules.token(keys[i]);
        }
        KeySort.sort(keys, 0, kept);
        double total = 0;
        for (int i = 0; i < kept; i++) {
            total += SamplingRules.weight(logits[start + (int) keys[i]], max, temperature);
        }
        double sum = 0;
        int token = SamplingRules.NO_TOKEN;
        for (int i = 0; i < kept && sum <= u * total; i++) {
            token = (int) keys[i];
            sum += SamplingRules.weight(logits[start + token], max, temperature);
        }
        return token;
    }

    /**
     * As {@link #draw(long[], int, float[], int, float, float, double)} by the keys' own logits.
     */
    public static int draw(long[] keys, int kept, float max, float temperature, double u) {
        double total = 0;
        for (int i = 0; i < kept; i++) {
            int bits = Float.floatToRawIntBits(SamplingRules.logit(keys[i]));
            keys[i] = (long) SamplingRules.token(keys[i]) << Integer.SIZE | bits & 0xffffffffL;
        }
        KeySort.sort(keys, 0, kept);
        for (int i = 0; i < kept; i++) {
            total += weightOfBits(keys[i], max, temperature);
        }
        double sum = 0;
        int token = SamplingRules.NO_TOKEN;
        for (int i = 0; i < kept && sum <= u * total; i++) {
            token = (int) (keys[i] >>> Integer.SIZE);
            sum += weightOfBits(keys[i], max, temperature);
        }
        return token;
    }

    private static double weightOfBits(long tokenAndLogit, float max, float temperature) {
        return SamplingRules.weight(Float.intBitsToFloat((int) tokenAndLogit), max, temperature);
    }

    private static double weight(long key, float max, float temperature) {
        return SamplingRules.weight(SamplingRules.logit(key), max, temperature);
    }
}
