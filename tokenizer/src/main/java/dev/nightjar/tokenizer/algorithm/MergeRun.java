package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * One stretch of text while its symbols are merged: a linked list of symbols and a heap of the
 * merges that wait. Scratch space, reused for the next stretch; not safe for use by several
 * threads.
 *
 * <p>The pair of the lowest rank merges first, the leftmost of equal ones. {@code n} symbols take
 * {@code O(n log n)}.
 *
 * <pre>
 * symbol   0      1   2      3     (numSymbols = 4, the end of the list)
 * starts   0      2   3      5     6
 * text    [h e)[l)[l o)[!)
 * </pre>
 */
final class MergeRun {
    /** No merge. */
    static final long NONE = -1;

    /** The id of a symbol that is no token. */
    static final int NO_ID = -1;

    private int[] starts;
    private int[] ids;
    private int[] previous;
    private int[] next;

    /** What a symbol and its right neighbour merge into, or {@link #NONE}; dead symbols: NONE. */
    private long[] candidates;

    private int numSymbols;
    private final MergeHeap heap = new MergeHeap();

    MergeRun(int capacity) {
        allocate(Math.max(capacity, 16));
    }

    /** A merge of this rank, not negative, into this id. The lower rank merges first. */
    static long candidate(int rank, int merged) {
        return (long) rank << 32 | merged;
    }

    void clear() {
        numSymbols = 0;
    }

    /** Appends the symbol that begins at {@code start} and ends where the next one begins. */
    void add(int start, int id) {
        if (numSymbols + 1 == starts.length) {
            allocate(2 * starts.length);
        }
        starts[numSymbols] = start;
        ids[numSymbols] = id;
        previous[numSymbols] = numSymbols - 1;
        next[numSymbols] = numSymbols + 1;
        numSymbols++;
    }

    /** Ends the text at {@code end}, then merges until no pair can be merged. */
    void merge(int end, PairLookup pairs) {
        starts[numSymbols] = end;
        heap.clear();
        for (int left = 0; left < numSymbols; left++) {
            propose(left, pairs);
        }
        while (!heap.isEmpty()) {
            long top = heap.poll();
            int left = (int) top;
            if (candidates[left] != NONE && candidates[left] >>> 32 == top >>> 32) {
                mergeWithNext(left, pairs);
            }
        }
    }

    /** How many symbols are left. */
    int size() {
        int size = 0;
        for (int symbol = first(); !isEnd(symbol); symbol = next(symbol)) {
            size++;
        }
        return size;
    }

    int first() {
        return 0;
    }

    int next(int symbol) {
        return next[symbol];
    }

    boolean isEnd(int symbol) {
        return symbol == numSymbols;
    }

    int start(int symbol) {
        return starts[symbol];
    }

    int end(int symbol) {
        return starts[next[symbol]];
    }

    int id(int symbol) {
        return ids[symbol];
    }

    private void mergeWithNext(int left, PairLookup pairs) {
        int right = next[left];
        ids[left] = (int) candidates[left];
        candidates[right] = NONE;
        next[left] = next[right];
        if (!isEnd(next[right])) {
            previous[next[right]] = left;
        }
        propose(left, pairs);
        if (previous[left] >= 0) {
            propose(previous[left], pairs);
        }
    }

    private void propose(int left, PairLookup pairs) {
        int right = next[left];
        long candidate = isEnd(right) ? NONE : pairs.find(this, left, right);
        candidates[left] = candidate;
        if (candidate != NONE) {
            heap.add(candidate >>> 32 << 32 | left);
        }
    }

    private void allocate(int capacity) {
        if (starts == null) {
            starts = new int[capacity];
            ids = new int[capacity];
            previous = new int[capacity];
            next = new int[capacity];
            candidates = new long[capacity];
            return;
        }
        starts = Arrays.copyOf(starts, capacity);
        ids = Arrays.copyOf(ids, capacity);
        previous = Arrays.copyOf(previous, capacity);
        next = Arrays.copyOf(next, capacity);
        candidates = Arrays.copyOf(candidates, capacity);
    }
}
