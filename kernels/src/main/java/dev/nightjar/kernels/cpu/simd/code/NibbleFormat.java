package dev.nightjar.kernels.cpu.simd.code;

import java.lang.foreign.MemorySegment;

/**
 * A format with codes of four bits, whose products over a block of 32 fit 16 bits. Its chain is,
 * over blocks in the order in which the format stores them,
 *
 * <pre>{@code
 * sum = fma(P * factor, dx, sum)                  P = sum of (code - 8) * xq
 * }</pre>
 *
 * If it has minima, scales and minima are whole numbers, multiples of two factors of a super-block.
 * Its chain then is, over the blocks of a super-block and then over those,
 *
 * <pre>{@code
 * T = fma((P + centre) * scale, dx, T)            centre = 8 * (sum of xq), exact up to here
 * M = fma(minimum, dx * (sum of xq), M)
 * sum = fma(T, d, fma(M, -dmin, sum))
 * }</pre>
 */
public non-sealed interface NibbleFormat extends CodeFormat {

    /** Whether blocks have minima. */
    boolean hasMinima();

    /**
     * Decodes whole blocks of two groups into panel, factors and minima of the scratch memory.
     *
     * @param first offset of the first block of a group
     * @param second the same of another one, or of the same
     * @param count weights of each row, whole blocks, at most {@link CodeScratch#COLS}
     */
    void unpack(MemorySegment data, long first, long second, int count, CodeScratch scratch);

    /**
     * Adds the products of a group with a tile of paired activations to sums {@code [size, ROWS]}.
     *
     * @param n columns
     */
    void tile(
            MemorySegment data,
            long offset,
            int n,
            QuantizedTiles x,
            int tile,
            CodeScratch scratch,
            float[] sums,
            int at);
}
