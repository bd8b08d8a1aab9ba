package dev.nightjar.kernels.cpu.simd.code;

import java.lang.foreign.MemorySegment;

/**
 * A format that multiplies many rows of activations as whole numbers in floats: a code times the
 * whole number that is its scale. All partial sums over a block of 32 columns are below 2^24, so
 * floats are exact. Its chain is, over blocks in ascending order,
 *
 * <pre>{@code
 * sum = fma(P * factor, dx, sum)         P = sum of (code - centre) * scale * xq
 * }</pre>
 *
 * with {@code factor} what the scales of a block are multiples of.
 */
public non-sealed interface WholeFormat extends CodeFormat {

    /**
     * Decodes whole blocks of a group into whole numbers and factors of the scratch memory.
     *
     * @param count weights of each row, whole blocks, at most {@link CodeScratch#WHOLE_COLS}
     */
    void unpack(MemorySegment data, long offset, int count, CodeScratch scratch);
}
