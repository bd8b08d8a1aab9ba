package dev.nightjar.kernels.cpu.simd.decode;

import java.lang.foreign.MemorySegment;

/** Dequantizes consecutive elements, bit for bit as the block format of the type specifies. */
public interface RowDecoder {

    /**
     * Decodes whole blocks.
     *
     * @param data native memory or a byte array
     * @param offset byte offset of the first block
     * @param target receives the floats from {@code start} on
     * @param count elements, a multiple of the block size
     */
    void decode(MemorySegment data, long offset, float[] target, int start, int count);
}
