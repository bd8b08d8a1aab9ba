package dev.nightjar.kernels.cpu;

/**
 * Locally typical sampling (Meister et al. 2022): keeps the tokens whose information is nearest to
 * the entropy, until they have a share of the mass. A token's information exceeds the entropy by
 * {@code mean(x) - x}, x being its logit over the temperature and the mean taken over the
 * distribution; so what is kept is a range of logits around that mean.
 */
public final class TypicalFilter {

    private TypicalFilter() {}

    /**
     * Keeps the typical ones of sorted candidates, moved to the front and still sorted; how many,
     * at least one. Of two equally typical tokens the likelier is taken first.
     */
    public static int keep(long[] keys, int candidates, float temperature, float typicalP) {
        float max = SamplingRules.logit(keys[0]);
        double total = mass(keys, candidates, max, temperature);
        double mean = mean(keys, candidates, max, temperature, total);
        return keep(keys, candidates, max, temperature, mean, typicalP * total);
    }

    /**
     * The same with known sums, so that candidates too far from the mean may be missing.
     *
     * @param max logit of which {@code mean} and {@code limit} are relative
     * @param limit the mass to be kept
     */
    public static int keep(
            long[] keys, int candidates, float max, float temperature, double mean, double limit) {
        int high = 0;
        while (high < candidates && relative(keys[high], max, temperature) > mean) {
            high++;
        }
        int low = high; // [low, high) is kept
        double mass = 0;
        while (high - low < candidates && (mass < limit || high == low)) {
            boolean isBelowNearer =
                    low == 0
                            || high < candidates
                                    && mean - relative(keys[high], max, temperature)
                                            < relative(keys[low - 1], max, temperature) - mean;
            long taken = isBelowNearer ? keys[high++] : keys[--low];
            mass += Math.exp(relative(taken, max, temperature));
        }
        System.arraycopy(keys, low, keys, 0, high - low);
        return high - low;
    }

    /** Sum of the weights of candidates in any order. */
    public static double mass(long[] keys, int candidates, float max, float temperature) {
        double total = 0;
        for (int i = 0; i < candidates; i++) {
            total += Math.exp(relative(keys[i], max, temperature));
        }
        return total;
    }

    /** The mean of {@code (logit - max) / temperature} under the distribution. */
    public static double mean(
            long[] keys, int candidates, float max, float temperature, double total) {
        double sum = 0;
        for (int i = 0; i < candidates; i++) {
            double x = relative(keys[i], max, temperature);
            double weight = Math.exp(x);
            sum += weight == 0 ? 0 : weight * x;
        }
        return sum / total;
    }

    /** A key's {@code (logit - max) / temperature}. */
    public static double relative(long key, float max, float temperature) {
        return ((double) SamplingRules.logit(key) - max) / temperature;
    }
}
