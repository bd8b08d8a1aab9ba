package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * The specification of one element or block type in scalar Java: its byte layout (in the Javadoc of
 * each implementation), how blocks become floats and how floats become blocks. Stateless.
 */
public interface BlockFormat {

    /** The type whose layout this is. */
    DType dtype();

    /**
     * Reads consecutive elements as floats.
     *
     * @param source bytes in this format
     * @param offset byte offset of the first block in {@code source}
     * @param target receives {@code count} floats from {@code targetOffset} on
     * @param count number of elements, a multiple of the block size
     */
    void dequantize(MemorySegment source, long offset, float[] target, int targetOffset, int count);

    /**
     * Writes consecutive floats as blocks, rounding to nearest. The values are finite.
     *
     * @param source holds {@code count} floats from {@code sourceOffset} on
     * @param count number of elements, a multiple of the block size
     * @param target receives the bytes
     * @param offset byte offset of the first block in {@code target}
     * @throws ReadOnlyFormatException unless {@link #isWritable()}
     */
    default void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        throw new ReadOnlyFormatException(dtype(), BlockFormats.writable());
    }

    /** Whether {@link #quantize} is there; some types come from elsewhere only. */
    default boolean isWritable() {
        return true;
    }
}
