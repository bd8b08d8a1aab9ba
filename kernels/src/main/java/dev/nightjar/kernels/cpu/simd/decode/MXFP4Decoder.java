package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.quant.MXFP4Format;
import java.lang.foreign.MemorySegment;

/** {@link MXFP4Format}: a table look-up per nibble. */
public final class MXFP4Decoder implements RowDecoder {

    private static final TableCodes CODES = new TableCodes(MXFP4Format.doubledValues());

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 32, offset += 17) {
            float scale = MXFP4Format.halfScale(data, offset);
            CODES.decode(data, offset + 1, scale, target, i);
        }
    }
}
