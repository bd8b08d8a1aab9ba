package dev.nightjar.kernels.cpu.simd;

import java.lang.foreign.MemorySegment;

/**
 * Decodes groups of rows in a {@link GroupLayout}, exactly as the reference does. A product is one
 * chain {@code sum = fma(weight, x, sum)} over ascending columns; {@link #dot} and a panel of
 * {@link #unpack} that passes through {@link GroupTiles} give the same bits.
 */
interface GroupFormat {

    /** Where the weights lie. */
    GroupLayout layout();

    /**
     * Decodes whole blocks.
     *
     * @param offset of the first block
     * @param count weights of each row, whole blocks
     * @param scratch receives {@code [count, 32]} in its panel
     */
    void unpack(MemorySegment data, long offset, int count, GroupScratch scratch);

    /**
     * The products of one row of activations with two groups.
     *
     * @param first offset of a group
     * @param second offset of another one, or of the same
     * @param n columns
     * @param scratch receives the products of both, 32 each
     */
    void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch);
}
