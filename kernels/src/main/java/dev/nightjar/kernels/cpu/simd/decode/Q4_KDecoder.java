package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.quant.Q4_KFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Sub-blocks of 32 in pairs that share 32 bytes: one in the low nibbles, one in the high ones. */
public final class Q4_KDecoder implements RowDecoder {

    private static final PackedCodes NIBBLES = new PackedCodes(15, 0);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 144) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            float dmin = Float.float16ToFloat(data.get(SHORT, offset + 2));
            for (int j = 0; j < 8; j++) {
                float scale = d * Q4_KFormat.scale(data, offset, j);
                float base = -dmin * Q4_KFormat.minimum(data, offset, j);
                for (int k = 0; k < 32; k += PackedCodes.RUN) {
                    NIBBLES.decode(
                            data,
                            offset + 16 + j / 2 * 32 + k,
                            j % 2 * 4,
                            scale,
                            base,
                            target,
                            i + 32 * j + k);
                }
            }
        }
    }
}
