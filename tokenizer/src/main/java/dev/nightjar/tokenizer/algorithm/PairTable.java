package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * The merges of a byte-pair vocabulary: pair of ids to rank and merged id. Filled once, then
 * immutable.
 *
 * <p>Open addressing with linear probing, at most half full.
 */
public final class PairTable {
    private static final long FREE = -1;

    private final long[] pairs;
    private final long[] merges;
    private final int mask;

    /** An empty table for at most this many pairs. */
    public PairTable(int numPairs) {
        int capacity = Integer.highestOneBit(Math.max(numPairs, 4)) << 2;
        pairs = new long[capacity];
        merges = new long[capacity];
        mask = capacity - 1;
        Arrays.fill(pairs, FREE);
    }

    /** Adds a pair; of equal pairs the first one, which has the better rank, stays. */
    public void add(int left, int right, int rank, int merged) {
        long pair = pair(left, right);
        int slot = slot(pair);
        if (pairs[slot] == FREE) {
            pairs[slot] = pair;
            merges[slot] = MergeRun.candidate(rank, merged);
        }
    }

    /** The merge of two ids as {@link MergeRun#candidate}, or {@link MergeRun#NONE}. */
    long find(int left, int right) {
        int slot = slot(pair(left, right));
        return pairs[slot] == FREE ? MergeRun.NONE : merges[slot];
    }

    private int slot(long pair) {
        int slot = (int) (pair * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right & 0xFFFFFFFFL;
    }
}
