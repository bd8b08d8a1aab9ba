package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Lays a {@link PieceTrie} out, level by level, so that the nodes near the root, which every walk
 * visits, lie close together.
 *
 * <p>Slots come in blocks of 256; a node's children share a block, as a base and a byte differ in
 * the low 8 bits only. Free slots of the last blocks are tried first, those of older blocks are
 * given up, so that building takes time linear in the bytes of all pieces.
 */
final class PieceTrieBuilder {
    private static final int BLOCK = 256;
    private static final int NUM_OPEN_BLOCKS = 16;
    private static final long FREE = -1L << 32;
    private static final int NONE = -1;

    /** The root has no parent; no node has this number. */
    private static final long ROOT_LINK = (long) Integer.MAX_VALUE << 32;

    private final TokenBytes tokens;

    /** The included tokens in the order of their bytes, equal ones in the order of their ids. */
    private final int[] sorted;

    private long[] links = {};
    private int[] ids = {};
    private int numSlots;
    private int maxPieceBytes;

    /** The free slots of open blocks in ascending order, a list linked both ways. */
    private int[] nextFree = {};

    private int[] previousFree = {};
    private int firstFree = NONE;
    private int lastFree = NONE;

    /** Nodes whose children are to be placed: node, first and last token below it, depth. */
    private int[] queue = new int[4 * 64];

    private int queueEnd;

    /** The labels of the children of one node in ascending order, and where their tokens begin. */
    private final int[] labels = new int[BLOCK];

    private final int[] begins = new int[BLOCK + 1];

    PieceTrieBuilder(TokenBytes tokens, IntPredicate isIncluded) {
        this.tokens = tokens;
        this.sorted =
                IntStream.range(0, tokens.size())
                        .filter(id -> tokens.length(id) > 0 && isIncluded.test(id))
                        .boxed()
                        .sorted(tokens::compare)
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    PieceTrie build() {
        addBlock();
        take(PieceTrie.ROOT, ROOT_LINK);
        enqueue(PieceTrie.ROOT, 0, sorted.length, 0);
        for (int next = 0; next < queueEnd; next += 4) {
            place(queue[next], queue[next + 1], queue[next + 2], queue[next + 3]);
        }
        return new PieceTrie(
                Arrays.copyOf(links, numSlots), Arrays.copyOf(ids, numSlots), maxPieceBytes);
    }

    /** Gives the tokens {@code sorted[from, to)}, equal up to {@code depth}, to a node. */
    private void place(int node, int from, int to, int depth) {
        int begin = from;
        while (begin < to && tokens.length(sorted[begin]) == depth) {
            ids[node] = sorted[begin++];
            maxPieceBytes = Math.max(maxPieceBytes, depth);
        }
        int numLabels = findLabels(begin, to, depth);
        if (numLabels == 0) {
            return;
        }
        int base = findBase(numLabels);
        links[node] = links[node] & FREE | base;
        for (int i = 0; i < numLabels; i++) {
            int child = base ^ labels[i];
            take(child, (long) node << 32);
            enqueue(child, begins[i], begins[i + 1], depth + 1);
        }
    }

    private int findLabels(int from, int to, int depth) {
        int numLabels = 0;
        for (int i = from; i < to; i++) {
            int label = tokens.at(sorted[i], depth) & 0xFF;
            if (numLabels == 0 || labels[numLabels - 1] != label) {
                labels[numLabels] = label;
                begins[numLabels++] = i;
            }
        }
        begins[numLabels] = to;
        return numLabels;
    }

    private int findBase(int numLabels) {
        for (int slot = firstFree; slot != NONE; slot = nextFree[slot]) {
            if (fits(slot ^ labels[0], numLabels)) {
                return slot ^ labels[0];
            }
        }
        addBlock();
        return numSlots - BLOCK ^ labels[0];
    }

    private boolean fits(int base, int numLabels) {
        for (int i = 1; i < numLabels; i++) {
            if (!isFree(base ^ labels[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isFree(int slot) {
        return links[slot] < 0;
    }

    private void addBlock() {
        int end = Math.addExact(numSlots, BLOCK);
        if (end > links.length) {
            grow(Math.max(end, Math.min(links.length, Integer.MAX_VALUE / 2) * 2));
        }
        Arrays.fill(links, numSlots, end, FREE);
        Arrays.fill(ids, numSlots, end, PieceTrie.NO_PIECE);
        for (int slot = numSlots; slot < end; slot++) {
            append(slot);
        }
        int closed = numSlots - NUM_OPEN_BLOCKS * BLOCK;
        for (int slot = closed; slot >= 0 && slot < closed + BLOCK; slot++) {
            if (isFree(slot)) {
                unlink(slot);
            }
        }
        numSlots = end;
    }

    private void grow(int capacity) {
        links = Arrays.copyOf(links, capacity);
        ids = Arrays.copyOf(ids, capacity);
        nextFree = Arrays.copyOf(nextFree, capacity);
        previousFree = Arrays.copyOf(previousFree, capacity);
    }

    private void take(int slot, long link) {
        links[slot] = link;
        unlink(slot);
    }

    private void append(int slot) {
        nextFree[slot] = NONE;
        previousFree[slot] = lastFree;
        if (lastFree == NONE) {
            firstFree = slot;
        } else {
            nextFree[lastFree] = slot;
        }
        lastFree = slot;
    }

    /** Takes a slot of an open block out of the list. */
    private void unlink(int slot) {
        int previous = previousFree[slot];
        int next = nextFree[slot];
        if (previous == NONE) {
            firstFree = next;
        } else {
            nextFree[previous] = next;
        }
        if (next == NONE) {
            lastFree = previous;
        } else {
            previousFree[next] = previous;
        }
    }

    private void enqueue(int node, int from, int to, int depth) {
        if (queueEnd == queue.length) {
            queue = Arrays.copyOf(queue, 2 * queue.length);
        }
        queue[queueEnd++] = node;
        queue[queueEnd++] = from;
        queue[queueEnd++] = to;
        queue[queueEnd++] = depth;
    }
}
