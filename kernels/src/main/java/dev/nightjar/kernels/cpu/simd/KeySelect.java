package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.cpu.SamplingRules;
import java.util.Arrays;

/** Quickselect on distinct sort keys: brings the smallest ones to the front without sorting all. */
final class KeySelect {

    /** Below this, sorting is as fast. */
    private static final int SMALL = 48;

    private KeySelect() {}

    /** Reorders {@code keys[0..n)} so that the k smallest come first, in any order. */
    static void smallest(long[] keys, int n, int k) {
        int low = 0;
        int high = n;
        while (high - low > SMALL) {
            int middle = partition(keys, low, high);
            if (middle >= k) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Arrays.sort(keys, low, high);
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
            int middle = partition(keys, low, high);
            double mass = mass(keys, low, middle, max, temperature);
            if (below + mass >= limit) {
                high = middle;
            } else {
                below += mass;
                low = middle;
            }
        }
        Arrays.sort(keys, low, high);
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

    /**
     * Splits {@code [low, high)} at the returned index, neither side empty: everything before it is
     * smaller than everything from it on.
     */
    private static int partition(long[] keys, int low, int high) {
        long pivot = medianOfThree(keys[low], keys[(low + high) >>> 1], keys[high - 1]);
        int i = low;
        int j = high - 1;
        while (i <= j) {
            while (keys[i] < pivot) {
                i++;
            }
            while (keys[j] > pivot) {
                j--;
            }
            if (i <= j) {
                long swapped = keys[i];
                keys[i++] = keys[j];
                keys[j--] = swapped;
            }
        }
        return i < high ? i : high - 1;
    }

    private static long medianOfThree(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
