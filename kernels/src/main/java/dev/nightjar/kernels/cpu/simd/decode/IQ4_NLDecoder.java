package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.quant.NonlinearCodes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link dev.nightjar.kernels.quant.IQ4_NLFormat}: a table look-up per nibble. */
public final class IQ4_NLDecoder implements RowDecoder {

    private static final TableCodes CODES = new TableCodes(NonlinearCodes.values());
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 32, offset += 18) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            CODES.decode(data, offset + 2, d, target, i);
        }
    }
}
