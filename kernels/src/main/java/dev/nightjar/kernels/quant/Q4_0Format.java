package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q4_0}: 32 nibbles with one scale; {@code x[i] = d * (q[i] - 8)}.
 *
 * <table>
 * <caption>Block of 32 elements, 18 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2 + i, i in 0..15</td><td>q[i] in the low nibble, q[i + 16] in the high nibble</td></tr>
 * </table>
 */
public final class Q4_0Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 18;
    private static final int QUANTS = 2;
    private static final int CENTRE = 8;

    Q4_0Format() {}

    @Override
    public DType dtype() {
        return DType.Q4_0;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j);
                target[i + j] = d * ((pair & 15) - CENTRE);
                target[i + j + HALF] = d * ((pair >>> 4) - CENTRE);
            }
        }
    }

    /** With the scale that {@link ScaleSearch} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        ScaleSearch search = new ScaleSearch(-CENTRE, CENTRE - 1);
        for (int i = sourceOffset;
                i < sourceOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = Ranges.half(search.search(source, i, BLOCK_SIZE));
            float inverse = Ranges.inverse(d);
            LittleEndian.putHalf(target, offset, d);
            for (int j = 0; j < HALF; j++) {
                int low = code(source[i + j] * inverse);
                int high = code(source[i + j + HALF] * inverse);
                LittleEndian.putByte(target, offset + QUANTS + j, low | high << 4);
            }
        }
    }

    private static int code(float value) {
        return (int) Ranges.nearest(value, -CENTRE, CENTRE - 1) + CENTRE;
    }
}
