package dev.nightjar.kernels.cpu.simd.code;

import java.lang.foreign.MemorySegment;

/**
 * A format whose codes are multiplied as integers with activations in blocks of 8 bits. The product
 * of a block of 32 is an exact integer P, so it may be summed in any order; a product of rows is
 * the chain over blocks (Q6_K: runs of 16) in the order in which the format stores them
 *
 * <pre>{@code
 * sum = fma(base, dx * (sum of xq), sum)          if the format has offsets
 * sum = fma(P * factor, dx, sum)                  P = sum of (code - centre) * xq
 * }</pre>
 *
 * with {@code factor} the scale of the codes and {@code base} what the centre stands for. {@link
 * #dot} and {@link CodeTiles} or {@link RunTiles} on a panel of {@link #unpack} follow it, and give
 * the same bits.
 */
public interface CodeFormat {

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

    /** Whether many rows of activations are multiplied with a panel of decoded codes. */
    boolean hasPanel();

    /** Whether 16 columns share a factor, not 32; the panel then is one of {@link RunTiles}. */
    default boolean hasRuns() {
        return false;
    }

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
     * The products of a group with one row of activations, into the scratch memory.
     *
     * @param row row of activations
     */
    void dot(MemorySegment data, long offset, QuantizedRows x, int row, int n, CodeScratch scratch);

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
