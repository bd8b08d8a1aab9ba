package dev.nightjar.kernels.cpu.simd.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link dev.nightjar.kernels.quant.Q4_1Format}: low nibbles, then high ones. */
public final class Q4_1Decoder implements RowDecoder {

    private static final PackedCodes NIBBLES = new PackedCodes(15, 0);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 32, offset += 20) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            float m = Float.float16ToFloat(data.get(SHORT, offset + 2));
            NIBBLES.decode(data, offset + 4, 0, d, m, target, i);
            NIBBLES.decode(data, offset + 4, 4, d, m, target, i + 16);
        }
    }
}
