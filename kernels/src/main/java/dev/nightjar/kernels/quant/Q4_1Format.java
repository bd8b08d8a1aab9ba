package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q4_1}: 32 nibbles with a scale and a minimum; {@code x[i] = d * q[i] + m}.
 *
 * <table>
 * <caption>Block of 32 elements, 20 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2..3</td><td>m, the value of code 0, f16</td></tr>
 * <tr><td>4 + i, i in 0..15</td><td>q[i] in the low nibble, q[i + 16] in the high nibble</td></tr>
 * </table>
 */
public final class Q4_1Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 20;
    private static final int QUANTS = 4;

    Q4_1Format() {}

    @Override
    public DType dtype() {
        return DType.Q4_1;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            float m = LittleEndian.half(source, offset + 2);
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j);
                target[i + j] = d * (pair & 15) + m;
                target[i + j + HALF] = d * (pair >>> 4) + m;
            }
        }
    }
}
