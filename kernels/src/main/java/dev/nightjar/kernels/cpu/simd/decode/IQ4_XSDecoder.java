package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.quant.IQ4_XSFormat;
import dev.nightjar.kernels.quant.NonlinearCodes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link IQ4_XSFormat}: a table look-up per nibble. */
public final class IQ4_XSDecoder implements RowDecoder {

    private static final TableCodes CODES = new TableCodes(NonlinearCodes.values());
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 136) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            for (int j = 0; j < 8; j++) {
                float scale = d * IQ4_XSFormat.scale(data, offset, j);
                CODES.decode(data, offset + 8 + 16 * j, scale, target, i + 32 * j);
            }
        }
    }
}
