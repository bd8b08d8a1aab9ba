package dev.nightjar.kernels.cpu.simd.sample;

import dev.nightjar.kernels.cpu.KeySort;
import dev.nightjar.kernels.cpu.SamplingRules;

/** Quickselect on distinct sort keys: brings the smallest ones to the front without sorting all. */
public final class KeySelect {

    /** Below this, sorting is as fast. */
    private static final int SMALL = 48;

    private KeySelect() {}

    /** Reorders {@code keys[0..n)} so that the k smallest come first, in any order. */
    static void smallest(long[] keys, int n, int k) {
        int low = 0;
        int high = n;
        while (high - low > SMALL) {
            int middle = KeySort.partition(keys, low, high);
            if (middle >= k) {
                high = middle;
            } else {
                low = middle;
            }
        }
        KeySort.sort(keys, low, high);
    }

    /**
     * Reorders {@code keys[0..n)} so that the smallest ones that together weigh at least {@code
     * limit} come first, in any order; how many they are.
     */
    static int smallestWithMass(long[] keys, int n, double limit, float max, float temperature) {
        int low = 0;
        int high = n;
        double below = 0;
        while (high - low > SMALL) {
            int middle = KeySort.partition(keys, low, high);
            double mass = mass(keys, low, middle, max, temperature);
            if (below + mass >= limit) {
                high = middle;
            } else {
                below += mass;
                low = middle;
            }
        }
        KeySort.sort(keys, low, high);
        while (low < high) {
            below += mass(keys, low, low + 1, max, temperature);
            low++;
            if (below >= limit) {
                break;
            }
        }
        return low;
    }

    private static double mass(long[] keys, int from, int to, float max, float temperature) {
        double mass = 0;
        for (int i = from; i < to; i++) {
            mass += SamplingRules.weight(SamplingRules.logit(keys[i]), max, temperature);
        }
        return mass;
    }
}
