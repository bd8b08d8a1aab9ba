package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link DType#Q8_0}: 32 signed bytes with one scale; {@code x[i] = d * q[i]}.
 *
 * <table>
 * <caption>Block of 32 elements, 34 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale, f16</td></tr>
 * <tr><td>2..33</td><td>q[0..31], signed bytes</td></tr>
 * </table>
 */
public final class Q8_0Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int BLOCK_BYTES = 34;
    private static final int QUANTS = 2;

    Q8_0Format() {}

    @Override
    public DType dtype() {
        return DType.Q8_0;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            for (int j = 0; j < BLOCK_SIZE; j++) {
                byte q = source.get(ValueLayout.JAVA_BYTE, offset + QUANTS + j);
                target[targetOffset + i + j] = d * q;
            }
        }
    }

    /** The largest magnitude of a block becomes 127. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = Ranges.maxMagnitude(source, sourceOffset + i, BLOCK_SIZE) / 127;
            float inverse = Ranges.inverse(d);
            LittleEndian.putHalf(target, offset, d);
            for (int j = 0; j < BLOCK_SIZE; j++) {
                float q = Ranges.nearest(source[sourceOffset + i + j] * inverse, -127, 127);
                LittleEndian.putByte(target, offset + QUANTS + j, (int) q);
            }
        }
    }
}
