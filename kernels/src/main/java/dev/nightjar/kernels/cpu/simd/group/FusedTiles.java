package dev.nightjar.kernels.cpu.simd.group;

import java.lang.foreign.MemorySegment;

/**
 * A format that multiplies tiles of activations while it decodes: for few tiles, a panel costs more
 * than it saves. The bits are those of {@link GroupTiles}.
 */
public interface FusedTiles {

    /** For more rows of activations, every format has a panel. */
    int MAX_ROWS = 32;

    /** For more rows, tiles of this format are slower than a panel; at most {@link #MAX_ROWS}. */
    int maxRows();

    /**
     * Adds the products of a group to {@code sums [size, ROWS]}, from {@code at} on.
     *
     * @param size 4, or 8 where there are more than four rows
     * @param offset of the group
     * @param x holds activations {@code [n, size]} from {@code xStart} on
     */
    void tile(
            int size,
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch,
            float[] sums,
            int at);
}
