package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#TQ2_0}: 256 ternary weights of two bits with one scale; {@code x[i] = d * (q[i] -
 * 1)}.
 *
 * <p>Element {@code 128h + 32g + l} (h in 0..1, g in 0..3, l in 0..31):
 *
 * <table>
 * <caption>Block of 256 elements, 66 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>32h + l</td><td>q in bits 2g..2g + 1</td></tr>
 * <tr><td>64..65</td><td>d, the scale, f16</td></tr>
 * </table>
 */
public final class TQ2_0Format implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 66;
    private static final int SCALE = 64;

    TQ2_0Format() {}

    @Override
    public DType dtype() {
        return DType.TQ2_0;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset + SCALE);
            for (int k = 0; k < BLOCK_SIZE; k++) {
                int codes = LittleEndian.unsignedByte(source, offset + k / 128 * 32 + k % 32);
                int q = codes >>> 2 * (k % 128 / 32) & 3;
                target[targetOffset + i + k] = d * (q - 1);
            }
        }
    }
}
