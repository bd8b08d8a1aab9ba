package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q5_0}: 32 codes of five bits with one scale; {@code x[i] = d * (q[i] - 16)}.
 *
 * <table>
 * <caption>Block of 32 elements, 22 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2..5</td><td>a word of 32 bits: bit i is bit 4 of q[i]</td></tr>
 * <tr><td>6 + i, i in 0..15</td><td>bits 0..3 of q[i] in the low nibble, of q[i + 16] in the high
 * nibble</td></tr>
 * </table>
 */
public final class Q5_0Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 22;
    private static final int HIGH_BITS = 2;
    private static final int QUANTS = 6;
    private static final int CENTRE = 16;

    Q5_0Format() {}

    @Override
    public DType dtype() {
        return DType.Q5_0;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            int high = source.get(LittleEndian.INT, offset + HIGH_BITS);
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j);
                int low = pair & 15 | (high >>> j & 1) << 4;
                int upper = pair >>> 4 | (high >>> j + HALF & 1) << 4;
                target[i + j] = d * (low - CENTRE);
                target[i + j + HALF] = d * (upper - CENTRE);
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
            int highBits = 0;
            for (int j = 0; j < HALF; j++) {
                int low = code(source[i + j] * inverse);
                int high = code(source[i + j + HALF] * inverse);
                LittleEndian.putByte(target, offset + QUANTS + j, low & 15 | (high & 15) << 4);
                highBits |= low >>> 4 << j | high >>> 4 << j + HALF;
            }
            target.set(LittleEndian.INT, offset + HIGH_BITS, highBits);
        }
    }

    private static int code(float value) {
        return (int) Ranges.nearest(value, -CENTRE, CENTRE - 1) + CENTRE;
    }
}
