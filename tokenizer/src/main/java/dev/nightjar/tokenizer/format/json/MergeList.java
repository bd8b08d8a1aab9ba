package dev.nightjar.tokenizer.format.json;

import java.util.Arrays;

/** The merges of a vocabulary while they are read: pairs of ids in the order of their rank. */
public final class MergeList {
    private int[] pairs = new int[2048];
    private int size;

    /** Appends a pair. */
    public void add(int left, int right) {
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.multiplyExact(2, pairs.length));
        }
        pairs[2 * size] = left;
        pairs[2 * size + 1] = right;
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The left id of the pair of this rank. */
    public int left(int rank) {
        return pairs[2 * rank];
    }

    /** The right id of the pair of this rank. */
    public int right(int rank) {
        return pairs[2 * rank + 1];
    }
}
