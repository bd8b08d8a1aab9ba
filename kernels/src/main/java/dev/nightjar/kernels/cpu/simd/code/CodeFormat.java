package dev.nightjar.kernels.cpu.simd.code;

import java.lang.foreign.MemorySegment;

/**
 * A format whose codes are multiplied as whole numbers with activations in blocks of 8 bits. The
 * product of a block of 32 is an exact whole number, so it may be summed in any order; a product of
 * rows is a chain over blocks, which {@link #dot} and all tiles follow, and so give the same bits.
 */
public sealed interface CodeFormat permits NibbleFormat, WholeFormat {

    /** How {@link #dot} reads codes of activations. */
    CodeOrder order();

    /**
     * Up to so many rows of activations, {@link #dot} for one after the other is done sooner than
     * tiles of four: narrow vectors take as long to unpack a panel as to multiply three or six
     * rows.
     */
    default int maxAlone() {
        return 1;
    }

    /** Rows of activations that {@link #dot} takes at once, one or two. */
    default int maxTogether() {
        return 1;
    }

    /**
     * The products of a group with one row of activations, or with two that follow each other, into
     * the scratch memory.
     *
     * @param row the first row of activations
     * @param rows 1 or {@link #maxTogether}
     * @param n columns
     */
    void dot(
            MemorySegment data,
            long offset,
            QuantizedRows x,
            int row,
            int rows,
            int n,
            CodeScratch scratch);
}
