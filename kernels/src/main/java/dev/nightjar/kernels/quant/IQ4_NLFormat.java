package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#IQ4_NL}: 32 nibbles that index the values of {@link NonlinearCodes}, with one scale;
 * {@code x[i] = d * value(q[i])}.
 *
 * <table>
 * <caption>Block of 32 elements, 18 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2 + i, i in 0..15</td><td>q[i] in the low nibble, q[i + 16] in the high nibble</td></tr>
 * </table>
 */
public final class IQ4_NLFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 18;
    private static final int QUANTS = 2;

    IQ4_NLFormat() {}

    @Override
    public DType dtype() {
        return DType.IQ4_NL;
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
                target[i + j] = d * NonlinearCodes.value(pair & 15);
                target[i + j + HALF] = d * NonlinearCodes.value(pair >>> 4);
            }
        }
    }

    /** With the scale that {@link NonlinearCodes} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = sourceOffset;
                i < sourceOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = Ranges.half(NonlinearCodes.scale(source, i, BLOCK_SIZE));
            float inverse = Ranges.inverse(d);
            LittleEndian.putHalf(target, offset, d);
            for (int j = 0; j < HALF; j++) {
                int low = NonlinearCodes.nearest(source[i + j] * inverse);
                int high = NonlinearCodes.nearest(source[i + j + HALF] * inverse);
                LittleEndian.putByte(target, offset + QUANTS + j, low | high << 4);
            }
        }
    }
}
