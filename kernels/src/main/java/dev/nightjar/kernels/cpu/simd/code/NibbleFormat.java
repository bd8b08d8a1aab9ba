package dev.nightjar.kernels.cpu.simd.code;

import java.lang.foreign.MemorySegment;

/**
 * A format with codes of four bits, whose products over a block of 32 fit 16 bits. Its chain is,
 * over blocks in the order in which the format stores them,
 *
 * <pre>{@code
 * sum = fma(base, dx * (sum of xq), sum)          if the format has offsets
 * sum = fma(P * factor, dx, sum)                  P = sum of (code - centre) * xq
 * }</pre>
 *
 * with {@code factor} the scale of the codes and {@code base} what the centre stands for.
 */
public non-sealed interface NibbleFormat extends CodeFormat {

    /** Whether code zero of the panel stands for something else than zero. */
    boolean hasBases();

    /**
     * Decodes whole blocks of two groups into panel, factors and bases of the scratch memory.
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
