package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/** A binary heap of longs, the smallest first, without boxing. */
final class MergeHeap {
    private long[] keys = new long[32];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    void add(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && keys[hole - 1 >> 1] > key) {
            keys[hole] = keys[hole - 1 >> 1];
            hole = hole - 1 >> 1;
        }
        keys[hole] = key;
    }

    /** Removes the smallest key of a heap that is not empty. */
    long poll() {
        long smallest = keys[0];
        long last = keys[--size];
        int hole = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= last) {
                break;
            }
            keys[hole] = keys[child];
            hole = child;
            child = 2 * hole + 1;
        }
        keys[hole] = last;
        return smallest;
    }
}
