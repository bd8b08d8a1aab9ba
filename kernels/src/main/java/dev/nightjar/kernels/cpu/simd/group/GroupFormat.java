package dev.nightjar.kernels.cpu.simd.group;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Decodes groups of rows in a {@link dev.nightjar.kernels.cpu.simd.layout.GroupLayout}, exactly as
 * the reference does. A product is one chain {@code sum = fma(weight, x, sum)} over ascending
 * columns, with factors for x where {@link #takesFactors}; {@link #dot} and a panel of {@link
 * #unpack} that passes through {@link GroupTiles} give the same bits.
 */
public interface GroupFormat extends GroupPacking {

    /** How the codes are multiplied as integers, in formats whose codes are small enough. */
    default Optional<CodeFormat> codes() {
        return Optional.empty();
    }

    /** Whether it multiplies with {@link WordFactors} instead of activations. */
    default boolean takesFactors() {
        return false;
    }

    /** Up to so many rows of activations, {@link #dot} for one after the other is done sooner. */
    default int maxAlone() {
        return 1;
    }

    /** Whether rows {@code [first, first + count)} can be stored; what cannot lies otherwise. */
    default boolean holds(Tensor tensor, long first, int count) {
        return true;
    }

    /** The format of rows that this one does not hold, in as many bytes. */
    default Optional<GroupFormat> otherwise() {
        return Optional.empty();
    }

    /** Whether a group is a panel as it lies there, so that nothing needs decoding. */
    default boolean isPanel() {
        return false;
    }

    /**
     * Decodes whole blocks.
     *
     * @param offset of the first block
     * @param count weights of each row, whole blocks
     * @param scratch receives {@code [count, ROWS]} in its panel
     */
    void unpack(MemorySegment data, long offset, int count, GroupScratch scratch);

    /**
     * The products of one row of activations with two groups.
     *
     * @param first offset of a group
     * @param second offset of another one, or of the same
     * @param n columns
     * @param scratch receives the products of both, one after the other
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
