package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#IQ4_XS}: super-blocks of eight sub-blocks of 32 nibbles that index the values of
 * {@link NonlinearCodes}, with a six-bit scale each; {@code x[32j + i] = d * (sc[j] - 32) *
 * value(q[32j + i])}.
 *
 * <table>
 * <caption>Super-block of 256 elements, 136 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale of the scales, f16</td></tr>
 * <tr><td>2..3</td><td>a word of 16 bits: bits 2j..2j + 1 are bits 4..5 of sc[j]</td></tr>
 * <tr><td>4 + g, g in 0..3</td><td>bits 0..3 of sc[2g] in the low nibble, of sc[2g + 1] in the high
 * nibble</td></tr>
 * <tr><td>8 + 16j + i, i in 0..15</td><td>q[32j + i] in the low nibble, q[32j + i + 16] in the high
 * nibble</td></tr>
 * </table>
 */
public final class IQ4_XSFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 136;
    private static final int SUB_BLOCKS = 8;
    private static final int SUB_SIZE = 32;
    private static final int HALF = 16;
    private static final int SCALES_HIGH = 2;
    private static final int SCALES = 4;
    private static final int QUANTS = 8;
    private static final int SCALE_CENTRE = 32;

    IQ4_XSFormat() {}

    @Override
    public DType dtype() {
        return DType.IQ4_XS;
    }

    /** The signed scale of sub-block {@code j} of the super-block at {@code offset}. */
    public static int scale(MemorySegment source, long offset, int j) {
        int low = LittleEndian.unsignedByte(source, offset + SCALES + j / 2) >>> j % 2 * 4;
        int high = source.get(LittleEndian.SHORT, offset + SCALES_HIGH) >>> 2 * j;
        return (low & 15 | (high & 3) << 4) - SCALE_CENTRE;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                float scale = d * scale(source, offset, j);
                int first = targetOffset + i + j * SUB_SIZE;
                for (int k = 0; k < HALF; k++) {
                    int pair = LittleEndian.unsignedByte(source, offset + QUANTS + HALF * j + k);
                    target[first + k] = scale * NonlinearCodes.value(pair & 15);
                    target[first + k + HALF] = scale * NonlinearCodes.value(pair >>> 4);
                }
            }
        }
    }

    /**
     * With the scales that {@link NonlinearCodes} finds; the one of largest magnitude gets the
     * lowest factor.
     */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        float[] scales = new float[SUB_BLOCKS];
        for (int i = sourceOffset;
                i < sourceOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            for (int j = 0; j < SUB_BLOCKS; j++) {
                scales[j] = NonlinearCodes.scale(source, i + j * SUB_SIZE, SUB_SIZE);
            }
            float d = Ranges.half(Ranges.extreme(scales, 0, SUB_BLOCKS) / -SCALE_CENTRE);
            target.asSlice(offset, QUANTS).fill((byte) 0);
            LittleEndian.putHalf(target, offset, d);
            float inverse = Ranges.inverse(d);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                int factor =
                        (int) Ranges.nearest(scales[j] * inverse, -SCALE_CENTRE, SCALE_CENTRE - 1);
                putScale(target, offset, j, factor + SCALE_CENTRE);
                putCodes(source, i + j * SUB_SIZE, d * factor, target, offset + QUANTS + HALF * j);
            }
        }
    }

    private static void putScale(MemorySegment target, long offset, int j, int sc) {
        LittleEndian.or(target, offset + SCALES + j / 2, (sc & 15) << j % 2 * 4);
        LittleEndian.or(target, offset + SCALES_HIGH + j / 4, sc >>> 4 << j % 4 * 2);
    }

    private static void putCodes(
            float[] source, int from, float scale, MemorySegment target, long offset) {
        float inverse = Ranges.inverse(scale);
        for (int k = 0; k < HALF; k++) {
            int low = NonlinearCodes.nearest(source[from + k] * inverse);
            int high = NonlinearCodes.nearest(source[from + k + HALF] * inverse);
            LittleEndian.putByte(target, offset + k, low | high << 4);
        }
    }
}
