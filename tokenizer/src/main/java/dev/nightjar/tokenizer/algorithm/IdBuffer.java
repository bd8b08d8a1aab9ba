package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * A growing list of token ids, on request with the place in the text where each token ends. Not
 * safe for use by several threads.
 */
public final class IdBuffer {
    private int[] ids;
    private int[] ends;
    private int size;

    /** An empty buffer with room for this many ids before it first grows. */
    public IdBuffer(int capacity) {
        ids = new int[Math.max(capacity, 16)];
    }

    /** An empty buffer that keeps the ends of the tokens as well. */
    public static IdBuffer withEnds(int capacity) {
        IdBuffer buffer = new IdBuffer(capacity);
        buffer.ends = new int[buffer.ids.length];
        return buffer;
    }

    /** Appends an id of a token that has no place in the text. */
    public void add(int id) {
        add(id, 0);
    }

    /**
     * Appends an id of a token that ends before {@code end}; where the one before ended it begins.
     */
    public void add(int id, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + (size >> 1));
            ends = ends == null ? null : Arrays.copyOf(ends, ids.length);
        }
        if (ends != null) {
            ends[size] = end;
        }
        ids[size++] = id;
    }

    /** Moves the ends of the tokens from an index on; a buffer that keeps none is left as it is. */
    public void shiftEnds(int firstIndex, int distance) {
        for (int i = firstIndex; ends != null && i < size; i++) {
            ends[i] += distance;
        }
    }

    /** Lets the token at an index end elsewhere, in a buffer that keeps ends. */
    public void moveEnd(int index, int end) {
        ends[index] = end;
    }

    /** Lets the last token end later, if the buffer keeps ends. */
    public void extendLast(int end) {
        if (ends != null) {
            ends[size - 1] = end;
        }
    }

    /** Forgets all ids but the first ones; the buffer keeps its room. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    /** The number of ids. */
    public int size() {
        return size;
    }

    /** The id at this index. */
    public int id(int index) {
        return ids[index];
    }

    /** The end of the token at this index, in a buffer that keeps ends. */
    public int end(int index) {
        return ends[index];
    }

    /** Whether this buffer keeps the ends of tokens. */
    public boolean hasEnds() {
        return ends != null;
    }

    /** A copy of the ids. */
    public int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
