package dev.nightjar.kernels.cpu.simd.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * {@link dev.nightjar.kernels.quant.Q2_KFormat}: sub-blocks of sixteen, four of them in the same
 * bytes.
 */
public final class Q2_KDecoder implements RowDecoder {

    private static final PackedCodes CODES = new PackedCodes(3, 0);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 84) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 80));
            float dmin = Float.float16ToFloat(data.get(SHORT, offset + 82));
            for (int j = 0; j < 16; j++) {
                int factors = data.get(ValueLayout.JAVA_BYTE, offset + j);
                CODES.decode(
                        data,
                        offset + 16 + j / 8 * 32 + j % 2 * 16,
                        j % 8 / 2 * 2,
                        d * (factors & 15),
                        -dmin * (factors >>> 4 & 15),
                        target,
                        i + 16 * j);
            }
        }
    }
}
