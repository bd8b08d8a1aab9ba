package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q5_1}: 32 codes of five bits with a scale and a minimum; {@code x[i] = d * q[i] +
 * m}.
 *
 * <table>
 * <caption>Block of 32 elements, 24 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2..3</td><td>m, the value of code 0, f16</td></tr>
 * <tr><td>4..7</td><td>a word of 32 bits: bit i is bit 4 of q[i]</td></tr>
 * <tr><td>8 + i, i in 0..15</td><td>bits 0..3 of q[i] in the low nibble, of q[i + 16] in the high
 * nibble</td></tr>
 * </table>
 */
public final class Q5_1Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 24;
    private static final int HIGH_BITS = 4;
    private static final int QUANTS = 8;
    private static final int LEVELS = 31;

    Q5_1Format() {}

    @Override
    public DType dtype() {
        return DType.Q5_1;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            float m = LittleEndian.half(source, offset + 2);
            int high = source.get(LittleEndian.INT, offset + HIGH_BITS);
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j);
                int low = pair & 15 | (high >>> j & 1) << 4;
                int upper = pair >>> 4 | (high >>> j + HALF & 1) << 4;
                target[i + j] = d * low + m;
                target[i + j + HALF] = d * upper + m;
            }
        }
    }

    /** With scale and minimum that {@link RangeSearch} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        RangeSearch search = new RangeSearch(LEVELS, Float.POSITIVE_INFINITY);
        for (int i = sourceOffset;
                i < sourceOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            search.search(source, i, BLOCK_SIZE);
            float m = Ranges.half(search.base());
            float inverse = Ranges.inverse(Ranges.half(search.scale()));
            LittleEndian.putHalf(target, offset, search.scale());
            LittleEndian.putHalf(target, offset + 2, m);
            int highBits = 0;
            for (int j = 0; j < HALF; j++) {
                int low = (int) Ranges.nearest((source[i + j] - m) * inverse, 0, LEVELS);
                int high = (int) Ranges.nearest((source[i + j + HALF] - m) * inverse, 0, LEVELS);
                LittleEndian.putByte(target, offset + QUANTS + j, low & 15 | (high & 15) << 4);
                highBits |= low >>> 4 << j | high >>> 4 << j + HALF;
            }
            target.set(LittleEndian.INT, offset + HIGH_BITS, highBits);
        }
    }
}
