package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/** A growing list of token ids. Not safe for use by several threads. */
public final class IdBuffer {
    private int[] ids;
    private int size;

    /** An empty buffer with room for this many ids before it first grows. */
    public IdBuffer(int capacity) {
        ids = new int[Math.max(capacity, 16)];
    }

    /** Appends an id. */
    public void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + (size >> 1));
        }
        ids[size++] = id;
    }

    /** The number of ids. */
    public int size() {
        return size;
    }

    /** A copy of the ids. */
    public int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
