package dev.nightjar.kernels.cpu.simd.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link dev.nightjar.kernels.quant.Q5_0Format}: nibbles, and their fifth bits from one word. */
public final class Q5_0Decoder implements RowDecoder {

    private static final PackedCodes NIBBLES = new PackedCodes(15, 16);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 32, offset += 22) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            int high = data.get(INT, offset + 2);
            NIBBLES.decodeWithHighBits(data, offset + 6, 0, high, d, PackedCodes.NONE, target, i);
            NIBBLES.decodeWithHighBits(
                    data, offset + 6, 4, high >>> 16, d, PackedCodes.NONE, target, i + 16);
        }
    }
}
