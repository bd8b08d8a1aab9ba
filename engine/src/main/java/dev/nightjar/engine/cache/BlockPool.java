package dev.nightjar.engine.cache;

import java.util.Arrays;

/**
 * Reference counts of a fixed number of blocks and the list of those nobody refers to, from the one
 * handed out next to the one kept longest:
 *
 * <pre>
 *   discarded (memory touched, content worthless) | never used, lowest id first | released, LRU
 * </pre>
 *
 * A released block keeps its content until it is handed out, so it can be retained again. The list
 * is doubly linked through two arrays: every operation is O(1) and allocates nothing.
 */
final class BlockPool {

    private static final int NOT_LISTED = -1;

    private final int numBlocks;
    private final int[] references;
    private final int[] next; // next[numBlocks] is the head, previous[numBlocks] the tail
    private final int[] previous;
    private int numFree;

    BlockPool(int numBlocks) {
        if (numBlocks <= 0) {
            throw new IllegalArgumentException(
                    "a block pool needs at least one block, found " + numBlocks);
        }
        this.numBlocks = numBlocks;
        references = new int[numBlocks];
        next = new int[numBlocks + 1];
        previous = new int[numBlocks + 1];
        Arrays.fill(next, NOT_LISTED);
        next[numBlocks] = numBlocks;
        previous[numBlocks] = numBlocks;
        for (int block = 0; block < numBlocks; block++) {
            insertBefore(numBlocks, block);
        }
    }

    int numBlocks() {
        return numBlocks;
    }

    /** Blocks nobody refers to, whether their content is still of use or not. */
    int numFreeBlocks() {
        return numFree;
    }

    int references(int block) {
        return references[block];
    }

    /** Takes the next free block; its first reference is the caller's. */
    int acquire() {
        if (numFree == 0) {
            throw new IllegalStateException(
                    "all %d blocks are in use; ask numFreeBlocks() first".formatted(numBlocks));
        }
        int block = next[numBlocks];
        retain(block);
        return block;
    }

    /** Adds a reference, to a free block too, whose content is thereby saved. */
    void retain(int block) {
        if (references[block]++ == 0) {
            unlink(block);
        }
    }

    /**
     * Drops a reference; after the last one the block is free and handed out as late as possible.
     */
    void release(int block) {
        if (dropsLastReference(block)) {
            insertBefore(numBlocks, block);
        }
    }

    /** Drops a reference to a block whose content nobody can find: it is handed out next. */
    void discard(int block) {
        if (dropsLastReference(block)) {
            insertBefore(next[numBlocks], block);
        }
    }

    private boolean dropsLastReference(int block) {
        if (references[block] == 0) {
            throw new IllegalStateException("block %d is released twice".formatted(block));
        }
        return --references[block] == 0;
    }

    private void insertBefore(int successor, int block) {
        int predecessor = previous[successor];
        next[predecessor] = block;
        previous[block] = predecessor;
        next[block] = successor;
        previous[successor] = block;
        numFree++;
    }

    private void unlink(int block) {
        next[previous[block]] = next[block];
        previous[next[block]] = previous[block];
        next[block] = NOT_LISTED;
        numFree--;
    }

    /**
     * Checks that every block is either referenced or listed as free. O(numBlocks).
     *
     * @throws IllegalStateException naming the counts that disagree
     */
    void checkIntegrity() {
        int listed = 0;
        for (int block = next[numBlocks];
                block != numBlocks && listed <= numBlocks;
                block = next[block]) {
            listed++;
        }
        int used = 0;
        for (int block = 0; block < numBlocks; block++) {
            used += references[block] > 0 ? 1 : 0;
            if (references[block] > 0 == (next[block] != NOT_LISTED)) {
                throw new IllegalStateException(
                        "block %d: %d references, but free means listed and unreferenced"
                                .formatted(block, references[block]));
            }
        }
        if (listed != numFree || numFree + used != numBlocks) {
            throw new IllegalStateException(
                    "%d blocks: %d counted as free, %d listed as free, %d in use"
                            .formatted(numBlocks, numFree, listed, used));
        }
    }
}
