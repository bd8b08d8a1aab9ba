package dev.nightjar.kernels.cpu.simd.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * {@link dev.nightjar.kernels.quant.TQ2_0Format}: sixteen codes at a time, four times out of the
 * same bytes.
 */
public final class TQ2_0Decoder implements RowDecoder {

    private static final PackedCodes CODES = new PackedCodes(3, 1);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 66) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 64));
            for (int j = 0; j < 16; j++) {
                CODES.decode(
                        data,
                        offset + j / 8 * 32 + j % 2 * 16,
                        j % 8 / 2 * 2,
                        d,
                        PackedCodes.NONE,
                        target,
                        i + 16 * j);
            }
        }
    }
}
