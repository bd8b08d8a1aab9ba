package dev.nightjar.kernels.cpu.simd.dot;

import java.lang.foreign.MemorySegment;

/**
 * The product of one weight row and one row of activations, decoded in registers: what a decoder
 * and a tile of {@link DotTiles} compute together, in the same order and to the same bits, without
 * the way through memory. Pays when a row is used once.
 */
public interface RowDot {

    /**
     * Computes an accumulator.
     *
     * @param data native memory or a byte array
     * @param offset byte offset of the row
     * @param x holds the activations from {@code xStart} on
     * @param n columns, whole blocks and whole vectors
     * @param lanes receives the accumulator, unreduced, from {@code at} on
     */
    void dot(MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at);
}
