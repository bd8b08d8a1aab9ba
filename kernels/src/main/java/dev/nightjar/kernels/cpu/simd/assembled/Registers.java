package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;

/**
 * What the registers for vectors hold, of which there are 16 of 256 bits or 32 of 512. A group is
 * two vectors wide.
 *
 * <pre>
 * 0 .. FREE - 1   two of each row of activations: sums of its products with a block of weights
 * FREE .. SUMS    whatever a program needs
 * SUMS            what {@link ByteSums} keep
 * </pre>
 */
final class Registers {

    /** Bytes of a vector. */
    static final int BYTES = GroupLayout.WORD_BYTES / 2;

    /** First behind those of the largest tile. */
    static final int FREE = 2 * AssembledProducts.MOST;

    /** The last one. */
    static final int SUMS = 2 * FREE - 1;

    private Registers() {}
}
