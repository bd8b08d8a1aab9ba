package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.quant.Q3_KFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link Q3_KFormat}: sub-blocks of sixteen, with their third bits from another table. */
public final class Q3_KDecoder implements RowDecoder {

    private static final PackedCodes CODES = new PackedCodes(3, 4);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 110) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 108));
            for (int j = 0; j < 16; j++) {
                CODES.decodeWithHighBit(
                        data,
                        offset + 32 + j / 8 * 32 + j % 2 * 16,
                        j % 8 / 2 * 2,
                        offset + j % 2 * 16,
                        j / 2,
                        d * Q3_KFormat.scale(data, offset, j),
                        PackedCodes.NONE,
                        target,
                        i + 16 * j);
            }
        }
    }
}
