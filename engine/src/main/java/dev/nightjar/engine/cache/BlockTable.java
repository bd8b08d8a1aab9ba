package dev.nightjar.engine.cache;

import java.util.Arrays;
import java.util.Objects;

/**
 * The blocks of one sequence in order: token {@code p} lies in block {@code get(p / P)} at offset
 * {@code p % P}. Entries may change when a step is committed, because a block equal to an already
 * cached one is replaced by it; read the table anew for each step.
 */
public final class BlockTable {

    private int[] blocks = new int[8];
    private int size;
    private int numCommitted;

    /** Creates an empty table. */
    public BlockTable() {}

    /** Number of blocks held. */
    public int size() {
        return size;
    }

    /** Block id of the tokens {@code [index * P, (index + 1) * P)}. */
    public int get(int index) {
        return blocks[Objects.checkIndex(index, size)];
    }

    /** Leading blocks that are full, computed and known to the prefix index. */
    int numCommitted() {
        return numCommitted;
    }

    void commitTo(int numBlocks) {
        numCommitted = numBlocks;
    }

    void add(int block) {
        if (size == blocks.length) {
            blocks = Arrays.copyOf(blocks, size * 2);
        }
        blocks[size++] = block;
    }

    void set(int index, int block) {
        blocks[index] = block;
    }

    void clear() {
        size = 0;
        numCommitted = 0;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(blocks, size));
    }
}
