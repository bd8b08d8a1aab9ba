package dev.nightjar.kernels.cpu;

/**
 * Sorts keys in place. The library's sort for primitives allocates a few bytes per partition, which
 * a sampling op must not. Quicksort by the median of three, small parts by insertion, and by heap
 * where partitions turn out so uneven that time would become quadratic.
 */
public final class KeySort {

    private static final int SMALL = 40;

    private KeySort() {}

    /** Sorts {@code keys[from..to)} in ascending order. */
    public static void sort(long[] keys, int from, int to) {
        int length = Math.max(1, to - from);
        sort(keys, from, to, 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(length)));
    }

    private static void sort(long[] keys, int from, int to, int depth) {
        int low = from;
        int high = to;
        int left = depth;
        while (high - low > SMALL) {
            if (left-- == 0) {
                heapSort(keys, low, high);
                return;
            }
            int middle = partition(keys, low, high);
            if (middle - low < high - middle) {
                sort(keys, low, middle, left);
                low = middle;
            } else {
                sort(keys, middle, high, left);
                high = middle;
            }
        }
        insertionSort(keys, low, high);
    }

    /**
     * Splits {@code [low, high)}, three keys or more, at the returned index, neither side empty:
     * nothing before it is larger than anything from it on.
     */
    public static int partition(long[] keys, int low, int high) {
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

    private static void insertionSort(long[] keys, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int j = i;
            for (; j > from && keys[j - 1] > key; j--) {
                keys[j] = keys[j - 1];
            }
            keys[j] = key;
        }
    }

    private static void heapSort(long[] keys, int from, int to) {
        int n = to - from;
        for (int i = n / 2 - 1; i >= 0; i--) {
            sink(keys, from, i, n);
        }
        for (int last = n - 1; last > 0; last--) {
            long largest = keys[from];
            keys[from] = keys[from + last];
            keys[from + last] = largest;
            sink(keys, from, 0, last);
        }
    }

    /** Moves entry {@code i} of a heap of n keys down to where it belongs. */
    private static void sink(long[] keys, int from, int i, int n) {
        long key = keys[from + i];
        int at = i;
        for (int child = 2 * at + 1; child < n; child = 2 * at + 1) {
            if (child + 1 < n && keys[from + child + 1] > keys[from + child]) {
                child++;
            }
            if (keys[from + child] <= key) {
                break;
            }
            keys[from + at] = keys[from + child];
            at = child;
        }
        keys[from + at] = key;
    }
}
